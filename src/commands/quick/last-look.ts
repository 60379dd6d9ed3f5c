import {createForecasts, type ForecastOf} from '../../core/foresight/forecasts.ts';
import type {Ledger} from '../../core/ledger.ts';
import type {AccountState, MonitorState} from '../../core/model.ts';
import {isAnsweredBy, isYounger} from '../../core/polling/answered.ts';
import {stateFrom} from '../../core/roster.ts';
import {known} from '../../providers/known.ts';
import {openLedgerReadOnly} from '../../system/ledger/read-only.ts';
import {homeOf, pathsOf, relativePlaces} from '../../system/paths.ts';
import {isSameEnvironment} from '../../system/roster/environment.ts';
import {lookedAt, type RosterFile, readRoster} from '../../system/roster/file.ts';
import {signsOf} from '../../system/roster/signs.ts';
import {version} from '../../version.ts';
import type {Asked} from '../args/parse.ts';

/** What a reading of everything would say now, as far as the last look for logins and the ledger have it. */
export type LastLook = {
  state: MonitorState;
  now: number;
  settings: RosterFile['settings'];
  names: readonly {id: string; name: string}[];
  forecastOf: ForecastOf;
};

type Answer = number | null;
/** Loads the file of that name in dist/quick/. */
export type LookAgain = (name: 'look') => {answer(asked: Asked, isGuard: boolean): Promise<Answer>};

/**
 * Calls `use` with it, and `lookAgain` where the last look is older than `--max-age`, or was made of other settings or in
 * another environment. Null where the usual way has to ask: an account that was there is not answered by the ledger.
 */
export function withLastLook(
  asked: Asked,
  use: (look: LastLook) => Answer,
  lookAgain: () => Promise<Answer>,
): Answer | Promise<Answer> {
  const maxAgeMs = (asked.number('max-age') ?? 0) * 1000;
  const {env, platform} = process;
  const {own, others} = relativePlaces(env, platform, known.pathVariables);
  if (maxAgeMs === 0 || own.length + others.length > 0) return null;
  const {configDirectory, stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  // Before it is read: it may be written anew meanwhile.
  const isYoung = isYounger(lookedAt(stateDirectory), maxAgeMs, Date.now());
  const file = readRoster(stateDirectory, version);
  if (file === null) return null;
  const ledger = openLedgerReadOnly(stateDirectory);
  try {
    const look = answeredLook(asked, file, ledger, maxAgeMs);
    if (look === null) return null;
    return isYoung && isOfNow(file, configDirectory) ? use(look) : lookAgain();
  } finally {
    ledger.close();
  }
}

/** null where an account has to be asked. */
function answeredLook(
  asked: Asked,
  file: RosterFile,
  ledger: Pick<Ledger, 'rows' | 'history' | 'forecastsOf'>,
  maxAgeMs: number,
): LastLook | null {
  const state = onlyOf(stateFrom(file.roster, ledger.rows()), asked.providers);
  const now = Date.now();
  const isAnswered = (account: AccountState): boolean =>
    isAnsweredBy(account, {now, maxAgeMs, leastByHandMs: leastByHandMs(account)});
  if (!Object.values(state.accounts).every(isAnswered)) return null;
  const names = [...known.providers, ...file.custom];
  return {state, now, settings: file.settings, names, forecastOf: forecastsFrom(ledger, file, now)};
}

/** Made of what stands there now, with nothing to say. */
function isOfNow({environment, settings, signs, hasNotices, hasProblems}: RosterFile, directory: string): boolean {
  if (hasNotices || hasProblems || !isSameEnvironment(process.env, environment)) return false;
  return JSON.stringify(signsOf(directory, settings.display.theme)) === JSON.stringify(signs);
}

/** The state as it is of a run that is about these providers alone. */
function onlyOf(state: MonitorState, named: readonly string[] | undefined): MonitorState {
  if (named === undefined) return state;
  const accounts = Object.entries(state.accounts).filter(([, {provider}]) => named.includes(provider));
  return {
    ...state,
    providers: state.providers.filter(({id}) => named.includes(id)),
    disabled: state.disabled.filter(id => named.includes(id)),
    accounts: Object.fromEntries(accounts),
  };
}

const leastByHandMs = ({provider}: AccountState): number =>
  (known.providers.find(({id}) => id === provider)?.intervalSeconds.byHand ?? 0) * 1000;

function forecastsFrom(
  ledger: Pick<Ledger, 'history' | 'forecastsOf'>,
  {settings}: RosterFile,
  now: number,
): ForecastOf {
  if (!settings.history.enabled) return createForecasts(() => [], now);
  return createForecasts(account => ledger.history(0, account), now, ledger.forecastsOf);
}
