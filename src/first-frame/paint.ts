/** A BUNDLE OF ITS OWN. Paints the first frame from what the last run left, before anything else of the program is loaded. */
import {accessSync, constants} from 'node:fs';
import {stateFrom} from '../core/roster.ts';
import type {ProviderInfo} from '../core/services.ts';
import {createStore} from '../core/store.ts';
import {known as knownProviders} from '../providers/known.ts';
import {knownWords} from '../providers/known-words.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import type {RosterFile} from '../system/roster/file.ts';
import {type FirstFrame, handOn} from '../terminal/first-frame.ts';
import {paintAndHold} from '../terminal/hold.ts';
import type {Size} from '../terminal/size.ts';
import {toldBy} from '../terminal/terminal.ts';
import {terminalSize} from '../terminal/tty.ts';
import {version} from '../version.ts';
import {type AskedScreen, askedScreen} from './asked.ts';
import {frameOf, settingsWith} from './frame.ts';
import {knownIn} from './known.ts';

/** Where anything is not as it was, or not as it should be, nothing is painted: the program begins without it. */
export function paintFirstFrame(argv: readonly string[]): void {
  try {
    const asked = askedScreen(argv);
    if (asked !== null && isSafe(process.env)) handOn(paint(asked));
  } catch {
    // The usual way says what is wrong.
  }
}

/** On a terminal that can move its cursor, with nothing to be said beforehand. */
const isSafe = ({TERM, INK_SCREEN_READER, NODE_EXTRA_CA_CERTS, MYSTATUS_LEDGER}: NodeJS.ProcessEnv): boolean =>
  process.platform !== 'win32' &&
  // What a database has of other machines is not known here.
  !MYSTATUS_LEDGER &&
  TERM !== 'dumb' &&
  !INK_SCREEN_READER &&
  (!NODE_EXTRA_CA_CERTS || accessSync(NODE_EXTRA_CA_CERTS, constants.R_OK) === undefined);

function paint(asked: AskedScreen): FirstFrame | null {
  const {env, platform} = process;
  const known = knownIn(pathsOf(env, platform, homeOf(env, platform)), version, env);
  const size = terminalSize();
  if (known === null || size === null) return null;
  const state = stateFrom(known.roster.roster, known.rows);
  const now = Math.floor(Date.now() / second) * second;
  const frame = frameOf({state, now, ...drawnBy(known.roster, asked, size)});
  return {state, now, size, ...paintAndHold(frame, !env.TMUX)};
}
const second = 1000;

function drawnBy({settings: kept, custom, theme}: RosterFile, asked: AskedScreen, size: Size) {
  const {background, ...told} = toldBy(process.env, asked);
  const settings = settingsWith(kept);
  return {
    settings,
    themes: new Map(theme === null ? [] : [[kept.display.theme, theme]]),
    catalogue: catalogueWith(custom),
    terminal: {...told, size: createStore(size), background: createStore(background)},
    display: asked.display,
  };
}

/** Names and words; where logins lie and what is opened in a browser, no first frame says. */
function catalogueWith(custom: RosterFile['custom']): ProviderInfo[] {
  const wordsOf = new Map(knownWords.map(({id, words}) => [id, words]));
  const builtIn = knownProviders.providers.map(({id, name, intervalSeconds, options}) => {
    const words = wordsOf.get(id);
    return {id, name, intervalSeconds, ...(options && {options}), ...(words && {words})};
  });
  return [...builtIn, ...custom].map(each => ({usageUrl: '', ...each, places: []}));
}
