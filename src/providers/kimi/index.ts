import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {placesOf} from './login-places.ts';
import {type Site, sites} from './sites.ts';
import {words} from './words.ts';

const providerOf = (site: Site): Provider =>
  lazyProvider(
    {
      id: site.id,
      name: site.name,
      usageUrl: site.usageUrl,
      intervalSeconds: {default: 300, floor: 120},
      hosts: site.hosts,
      windowIds: ['5h', 'weekly', 'monthly', 'code/monthly', 'extra/monthly', '<length>', '<count>-<unit>'],
      places: placesOf(site),
      login: {secret: 'API key', fields: []},
      pathVariables: [...keyPathVariables, 'KIMI_CODE_HOME', 'KIMI_SHARE_DIR'],
      words,
    },
    {
      async discover() {
        const {discoverUsages} = await import('./discover.ts');
        return (machine, names) => discoverUsages(site, machine, names);
      },
      async fetch() {
        const {fetchUsages} = await import('./fetch.ts');
        return (account, wire) => fetchUsages(site, account, wire);
      },
      demo: async () => (await import('./demo.ts')).demoOf[site.id],
    },
  );

/** Kimi's coding membership on kimi.com: see docs/providers/kimi.md. */
export const kimi: Provider = providerOf(sites.kimi);
/** The same on kimi.ai, with keys of its own: see docs/providers/kimi-global.md. */
export const kimiGlobal: Provider = providerOf(sites['kimi-global']);
