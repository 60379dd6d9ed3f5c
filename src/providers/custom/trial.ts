import type {CustomProvider, HttpSource} from '../../core/custom/definition.ts';
import {pathText} from '../../core/custom/path.ts';
import type {MappingTrial, SavedBody, Trial, UnreadFigure} from '../../core/custom/trial.ts';
import type {AccountState, Failure, Reading, Window} from '../../core/model.ts';
import {failureFrom, type Result, readingFrom} from '../../core/polling/settle.ts';
import {type Account, accountKey, type Machine, type Provider, type Wire} from '../../core/provider.ts';
import {sanitize, sanitizeDeep} from '../../core/text/sanitize.ts';
import {maybeJson} from '../shared/http.ts';
import {amountIn} from './body.ts';
import {beside, shapeLines} from './body-shape.ts';
import {type Heard, heard} from './heard.ts';
import {parseOutput} from './output.ts';
import {readingOf, sentBy} from './request.ts';
import {rowsOf, type Unread} from './windows.ts';

export type TrialDeps = {
  machine: Machine;
  redact(text: string): string;
};

/** One real request or run, for the first of its accounts, unless something stands in the way. Throws nothing. */
export async function tryLive(
  definition: CustomProvider,
  /** Of this definition, as the monitor has it. */
  provider: Provider,
  wire: Wire,
  /** Why it must not be contacted yet. */
  waitOf: (key: string) => Failure | null,
  {machine, redact}: TrialDeps,
): Promise<Trial> {
  const [account] = await provider.discover(machine);
  const refused = account === undefined ? noLogin(definition) : (account.problem ?? waitOf(account.key));
  const ears = heard(definition, wire);
  for (const secret of account?.secrets ?? []) wire.protect(secret);
  const result =
    account === undefined || refused !== null
      ? {failure: refused ?? noLogin(definition)}
      : await settled(() => provider.fetch(account, ears.wire), redact);
  return safe(trialOf(definition, result, account ?? nobody(definition, machine), ears.told(), wire.now()), redact);
}

/** Keys of a body may be anything, also the secret. */
const safe = (trial: Trial, redact: (text: string) => string): Trial =>
  sanitizeDeep(trial, text => redact(sanitize(text, longest)));
const longest = 2000;

const noLogin = ({id}: CustomProvider): Failure => ({
  code: 'no_credentials',
  detail: `${id}: no credential is stored`,
  retryAt: null,
  remedy: {code: 'run', command: `mystatus-tui login ${id}`},
});

/** What a definition makes of a body that was kept. Throws nothing. */
export async function trySaved(definition: CustomProvider, saved: SavedBody, deps: TrialDeps): Promise<Trial> {
  const {text, status, now} = saved;
  const {http, id} = definition;
  const result = await settled(
    async () => (http === undefined ? parseOutput(text, now) : readingOf(id, http, {status, headers: {}, text}, now)),
    deps.redact,
  );
  const response = {status: http === undefined ? null : status, type: null, ms: null, text};
  return safe(
    trialOf(definition, result, nobody(definition, deps.machine), {request: null, response}, now),
    deps.redact,
  );
}

const settled = (work: () => Promise<Reading>, redact: (text: string) => string): Promise<Result> =>
  work().then(
    reading => ({reading: readingFrom(reading, redact)}),
    error => ({failure: failureFrom(error, redact)}),
  );

type Named = Pick<Account, 'key' | 'provider' | 'label' | 'source' | 'fingerprint' | 'expiresAt'>;

const nobody = (definition: CustomProvider, machine: Machine): Named => ({
  key: accountKey(machine, definition.id, 'alone'),
  provider: definition.id,
  label: sentBy(definition),
  source: 'config.json',
  fingerprint: '',
  expiresAt: null,
});

function trialOf(
  definition: CustomProvider,
  result: Result,
  who: Named,
  {request, response}: Heard,
  now: number,
): Trial {
  const {text, ...answer} = response ?? {text: ''};
  const body = maybeJson(text);
  const bytes = new TextEncoder().encode(text).length;
  return {
    request,
    response: response === null ? null : {status: null, type: null, ms: null, ...answer, bytes},
    shape: body === undefined ? [] : shapeLines(body),
    mappings: 'reading' in result ? mappingsOf(definition, body, result.reading, now) : [],
    account: stateOf(who, result, response === null ? null : now),
  };
}

function stateOf(
  {key, provider, label, source, fingerprint, expiresAt}: Named,
  result: Result,
  at: number | null,
): AccountState {
  const reading = 'reading' in result ? result.reading : null;
  return {
    ...{key, provider, source, fingerprint, expiresAt},
    label: reading?.label ?? label,
    reading,
    readAt: reading === null ? null : at,
    failure: 'failure' in result ? result.failure : null,
    lastAttemptAt: at,
    refreshing: false,
    dueAt: null,
    failures: 0,
  };
}

/** A program says itself what its windows and amounts are. */
const mappingsOf = ({http}: CustomProvider, body: unknown, {windows, amounts}: Reading, now: number): MappingTrial[] =>
  http === undefined
    ? [
        ...windows.map((window, at) => ({place: `windows[${at}]`, windows: [window], amounts: [], unread: []})),
        ...amounts.map((amount, at) => ({place: `amounts[${at}]`, windows: [], amounts: [amount], unread: []})),
      ]
    : [...windowTrials(http, body, now), ...amountTrials(http, body)];

const windowTrials = ({windows}: HttpSource, body: unknown, now: number): MappingTrial[] =>
  windows.map((mapping, at) => {
    const unread: Unread[] = [];
    const rows = rowsOf(mapping, `windows[${at}]`, body, now, unread);
    const named = rows.filter((row): row is Window => row !== null);
    return {place: `windows[${at}]`, windows: named, amounts: [], unread: unread.map(explained)};
  });

const amountTrials = ({amounts}: HttpSource, body: unknown): MappingTrial[] =>
  amounts.map((mapping, at) => {
    const told = amountIn(mapping, `amounts[${at}]`, body);
    return {
      place: `amounts[${at}]`,
      windows: [],
      amounts: told.flatMap(each => ('place' in each ? [] : [each])),
      unread: told.flatMap(each => ('place' in each ? [explained(each)] : [])),
    };
  });

const explained = ({place, path, why, row}: Unread): UnreadFigure => ({
  place,
  path: pathText(path),
  why,
  there: why === 'missing' ? beside(row, path) : [],
});
