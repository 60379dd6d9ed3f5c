import type {Provider} from '../../core/provider.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {keyPathVariables} from '../shared/login-places.ts';
import {type Site, sites} from './sites.ts';
import {words} from './words.ts';

const providerOf = (site: Site): Provider =>
  lazyProvider(
    {
      id: site.id,
      name: site.name,
      usageUrl: site.usageUrl,
      intervalSeconds: {default: 180, floor: 60},
      hosts: [site.host],
      windowIds: ['5h', 'weekly', '<length>', '<pool>/<length>'],
      places: site.places,
      login: {secret: 'API key', fields: []},
      pathVariables: [...keyPathVariables, 'MMX_CONFIG_DIR'],
      words,
    },
    {
      async discover() {
        const {discoverLogins} = await import('./discover.ts');
        return (machine, names) => discoverLogins(site, machine, names);
      },
      async fetch() {
        const {fetchReading} = await import('./fetch.ts');
        return (account, wire) => fetchReading(site, account, wire);
      },
      demo: async () => (await import('./demo.ts')).demoOf[site.id],
    },
  );

/** MiniMax's Token Plan and balance on minimax.io: see docs/providers/minimax.md. */
export const minimax: Provider = providerOf(sites.minimax);
/** The same in China, with keys of its own: see docs/providers/minimax-cn.md. */
export const minimaxCn: Provider = providerOf(sites['minimax-cn']);
