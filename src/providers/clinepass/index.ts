import type {Provider} from '../../core/provider.ts';
import {keyPlaces} from '../shared/keys.ts';
import {lazyProvider} from '../shared/lazy-provider.ts';
import {inEach, keyPathVariables} from '../shared/login-places.ts';
import {place, site, variables} from './site.ts';
import {words} from './words.ts';

const settings = ['$CLINE_DATA_DIR/settings', '$CLINE_DIR/data/settings', '~/.cline/data/settings'];

/** Limits of ClinePass, and Cline credits: docs/providers/clinepass.md */
export const clinepass: Provider = lazyProvider(
  {
    id: site.id,
    name: 'ClinePass',
    usageUrl: 'https://app.cline.bot/dashboard',
    intervalSeconds: {default: 120, floor: 60},
    hosts: site.hosts,
    windowIds: ['5h', 'weekly', 'monthly'],
    places: [...keyPlaces(site, variables), {name: place, files: inEach(settings, 'providers.json')}],
    login: {secret: 'API key', fields: []},
    pathVariables: [...keyPathVariables, 'CLINE_DATA_DIR', 'CLINE_DIR'],
    words,
  },
  {
    discover: async () => (await import('./discover.ts')).discover,
    fetch: async () => (await import('./fetch.ts')).fetchLimits,
    demo: async () => (await import('./demo.ts')).demo,
  },
);
