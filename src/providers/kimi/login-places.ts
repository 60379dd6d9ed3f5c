import type {LoginPlace} from '../../core/login-place.ts';
import {keyPlaces} from '../shared/keys.ts';
import {inEach} from '../shared/login-places.ts';
import {piPlace} from '../shared/pi.ts';
import {type Site, variables} from './sites.ts';

/** Places of Kimi's own tools, and of pi, by name. */
export const placeNames = {
  configuration: 'kimi-code configuration',
  login: 'kimi-code login',
  oldLogin: 'kimi-cli login',
  pi: piPlace.name,
} as const;

const homes = ['$KIMI_CODE_HOME', '~/.kimi-code'];
const oldHomes = ['$KIMI_SHARE_DIR', '~/.kimi'];
const loginNote = 'only if no key was found, and no variable sends kimi elsewhere';
const notes: Record<Site['id'], string> = {
  kimi: 'KIMI_CODE_API_KEY unless KIMI_CODE_BASE_URL is elsewhere; KIMI_API_KEY only if it begins with sk-kimi- or KIMI_BASE_URL is on api.kimi.com/coding',
  'kimi-global':
    'KIMI_CODE_API_KEY only if KIMI_CODE_BASE_URL is on api.kimi.ai; KIMI_API_KEY only if KIMI_BASE_URL is on api.kimi.ai/coding',
};

/** Where logins are looked for: docs/providers/kimi.md and kimi-global.md. */
export const placesOf = (site: Site): LoginPlace[] => [
  ...keyPlaces(site, variables, notes[site.id]),
  {
    name: placeNames.configuration,
    files: inEach(homes, 'config.toml'),
    note: `of providers whose base_url is on ${site.hosts.join(', ')}`,
  },
  {name: placeNames.login, files: inEach(homes, site.tokenFile), note: loginNote},
  ...(site.piId === undefined
    ? []
    : [
        {name: placeNames.oldLogin, files: inEach(oldHomes, site.tokenFile), note: loginNote},
        {...piPlace, note: `under ${site.piId}, if it begins with sk-kimi-`},
      ]),
];
