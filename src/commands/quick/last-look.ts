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

/**
 * Calls `use` with it, and returns what that returns. Null where the usual way has to look or to ask: the look is older than
 * `--max-age`, or was made of other settings or in another environment; an account is not answered by the ledger; something
 * has to be said beside the answer.
 */
export function withLastLook<T>(asked: Asked, use: (look: LastLook) => T): T | null {
  const maxAgeMs = (asked.number('max-age') ?? 0) * 1000;
  const {env, platform} = process;
  const {own, others} = relativePlaces(env, platform, known.pathVariables);
  if (maxAgeMs === 0 || own.length + others.length > 0) return null;
  const {configDirectory, stateDirectory} = pathsOf(env, platform, homeOf(env, platform));
  const file = youngRoster(stateDirectory, maxAgeMs);
  if (file === null || !isOfNow(file, configDirectory)) return null;
  const ledger = openLedgerReadOnly(stateDirectory);
  try {
    const state = onlyOf(stateFrom(file.roster, ledger.rows()), asked.providers);
    const now = Date.now();
    const isAnswered = (account: AccountState): boolean =>
      isAnsweredBy(account, {now, maxAgeMs, leastByHandMs: leastByHandMs(account)});
    if (!Object.values(state.accounts).every(isAnswered)) return null;
    const names = [...known.providers, ...file.custom];
    return use({state, now, settings: file.settings, names, forecastOf: forecastsFrom(ledger, file, now)});
  } finally {
    ledger.close();
  }
}

function youngRoster(directory: string, maxAgeMs: number): RosterFile | null {
  // Before it is read: it may be written anew meanwhile.
  return isYounger(lookedAt(directory), maxAgeMs, Date.now()) ? readRoster(directory, version) : null;
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
