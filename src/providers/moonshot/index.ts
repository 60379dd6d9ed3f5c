import type {Provider} from '../../core/provider.ts';
import {discoverKeys, keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {type Site, sites, variables, variablesNote} from './sites.ts';
import {words} from './words.ts';

const providerOf = (site: Site): Provider =>
  lazyProvider(
    {
      id: site.id,
      name: site.name,
      usageUrl: site.usageUrl,
      intervalSeconds: {default: 300, floor: 120},
      hosts: site.hosts,
      windowIds: [],
      places: keyPlaces(site, variables, variablesNote),
      login: {secret: 'API key', fields: []},
      pathVariables: keyPathVariables,
      words,
    },
    {
      discover: async () => (machine, names) => discoverKeys(site, machine, names),
      async fetch() {
        const {fetchBalance} = await import('./balance.ts');
        return (account, wire) => fetchBalance(site, account, wire);
      },
      demo: async () => (await import('./demo.ts')).demoOf[site.id],
    },
  );

/** Balance at the Kimi Open Platform, international: see docs/providers/moonshot.md. */
export const moonshot: Provider = providerOf(sites.moonshot);
/** The same in China, with keys of its own: see docs/providers/moonshot-cn.md. */
export const moonshotCn: Provider = providerOf(sites['moonshot-cn']);
