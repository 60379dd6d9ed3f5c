import {type Note, ProviderError, type Reading, type Window} from '../../core/model.ts';
import type {Account, Wire} from '../../core/provider.ts';
import {unexpectedShape} from '../shared/http.ts';
import {readAgy} from './agy.ts';
import {type Answer, createSession, productionHost, type Session} from './ask.ts';
import {type Credential, usableAccess} from './credential.ts';
import {isMethodRefused, namingProject, verifyRemedy} from './errors.ts';
import {openAntigravity, signIn} from './names.ts';
import {parseModels, parseUserQuota} from './parse-models.ts';
import type {Plan} from './parse-plan.ts';
import {parseSummary} from './parse-summary.ts';
import {planOf} from './plan.ts';
import {believable, withoutFigures} from './production.ts';

/**
 * Asks for the quota once: with the user's own token where one can be had, else through the vendor's program. Throws
 * `ProviderError`, nothing else. See docs/providers/google.md.
 */
export async function fetchQuota(account: Account, wire: Wire): Promise<Reading> {
  const credential = account.credential as Credential;
  const reading = canMakeToken(credential)
    ? await askDirectly(account, wire)
    : await askWithoutClient(account, credential, wire);
  return {...reading, notes: [...credential.notes, ...reading.notes]};
}

const canMakeToken = ({refresh, client}: Credential): boolean => refresh !== null && client !== null;

/** A token that another program left behind, while it lasts; then the vendor's program. */
async function askWithoutClient(account: Account, credential: Credential, wire: Wire): Promise<Reading> {
  const {agy} = credential;
  const hasToken = usableAccess(credential, wire.now()) !== null;
  const answer = hasToken ? await askDirectly(account, wire).catch(ifExpired(credential)) : withoutToken(credential);
  if (!(answer instanceof ProviderError)) return answer;
  if (agy === null) throw answer;
  return throughAgy(agy, credential, wire);
}

const ifExpired =
  (credential: Credential) =>
  (error: unknown): ProviderError => {
    if (!(error instanceof ProviderError) || error.code !== 'expired') throw error;
    return new ProviderError('expired', {detail: error.message, remedy: signInRemedy(credential), cause: error});
  };

/** A login that could be renewed lacks the client; any other has to be made again. */
const signInRemedy = ({refresh}: Credential) => (refresh === null ? signIn : 'google/client');

const withoutToken = (credential: Credential): ProviderError =>
  credential.refresh === null
    ? new ProviderError('expired', {detail: 'its access token has expired', remedy: signIn})
    : new ProviderError('no_credentials', {detail: credential.clientMissing, remedy: 'google/client'});

async function throughAgy(agy: string, {refresh, access}: Credential, wire: Wire): Promise<Reading> {
  const reading = await readAgy(agy, wire);
  // An account whose login stands elsewhere says that the numbers are those of whoever is signed in to agy.
  if (refresh === null && access === null) return reading;
  return {...reading, notes: [{code: 'message', text: 'read through agy'}, ...reading.notes]};
}

async function askDirectly(account: Account, wire: Wire): Promise<Reading> {
  const session = createSession(account, wire);
  await session.open();
  const planned = planOf(session);
  try {
    const reading = await quotaOf(session, planned);
    if (isBarred(reading, await planned)) throw new ProviderError('auth_rejected');
    return withPlan(reading, await planned);
  } catch (error) {
    throw explained(namingProject(error, await projectOf(session, planned)), await planned);
  }
}

const projectOf = async ({credential}: Session, planned: Promise<Plan | null>): Promise<string | null> =>
  credential.project ?? (await planned)?.project ?? null;

const withPlan = (reading: Reading, plan: Plan | null): Reading => ({
  ...reading,
  plan: plan?.name ?? null,
  amounts: plan?.amounts ?? [],
});

/** Nothing to show, no plan, and a verification that is asked for: the emptiness has a reason. */
const isBarred = ({windows}: Reading, plan: Plan | null): boolean =>
  windows.length === 0 && plan?.refusal?.isToVerify === true && plan.name === null;

/**
 * A bare refusal, with the reason and the link that the plan's answer had for it. An account that has to be verified may
 * also be answered with nothing that can be read.
 */
function explained(error: unknown, plan: Plan | null): unknown {
  const refusal = plan?.refusal ?? null;
  if (!(error instanceof ProviderError) || refusal === null || error.remedy?.url !== undefined) return error;
  if (error.code !== 'auth_rejected' && !(error.code === 'bad_response' && refusal.isToVerify)) return error;
  const isToVerify = refusal.isToVerify || error.remedy?.code === 'verify';
  // That says itself what is wrong.
  if (error.remedy?.code === 'google/project' && !isToVerify) return error;
  return new ProviderError('auth_rejected', {
    detail: refusal.reason,
    remedy: isToVerify ? verifyRemedy(refusal.url) : (error.remedy ?? openAntigravity),
    cause: error,
  });
}

/** The pools' summary, else the older answer per model, else the oldest. */
async function quotaOf(session: Session, planned: Promise<Plan | null>): Promise<Reading> {
  const project = await projectOf(session, planned);
  const body = project === null ? {} : {project};
  const summary = await session.ask('retrieveUserQuotaSummary', body);
  const pools = summary === null ? null : parseSummary(summary.body, session.wire.now());
  if (summary !== null && pools !== null) return verified(pools, summary);
  const models = await session.ask('fetchAvailableModels', body, {isUnserved: isMethodRefused});
  const isFree = (await planned)?.isFree ?? false;
  const perModel = models === null ? null : parseModels(models.body, {now: session.wire.now(), isFree});
  if (models !== null && perModel !== null) {
    const reading = verified(perModel, models);
    return perModel.isAllFull ? confirmed(session, reading, body) : reading;
  }
  const oldest = await oldestQuota(session, body);
  if (oldest !== null) return oldest;
  throw unexpectedShape('none of its quota methods returned a known format', (summary ?? models)?.body);
}

/**
 * "Everything is full" may only mean that the models exist. Where the older method is served its numbers decide; what it
 * does not speak of stays unknown. Each tells one window per pool, though not always of the same length.
 */
async function confirmed(session: Session, models: Reading, body: unknown): Promise<Reading> {
  const quota = await oldestQuota(session, body).catch(unlessCalledOff);
  if (quota === null) return models;
  const {windows, notes} = quota instanceof ProviderError ? {windows: [], notes: []} : quota;
  const told = new Map(windows.map(window => [window.pool, window]));
  const more = windows.filter(({pool}) => !models.windows.some(window => window.pool === pool));
  return {
    ...models,
    windows: [...models.windows.map(window => told.get(window.pool) ?? unconfirmed(window)), ...more],
    notes: saidOnce([...notes, ...namesLeft(models, told)]),
  };
}

/** The models that the older method does not speak of, by name only: their numbers were not confirmed. */
function namesLeft({windows, notes}: Reading, told: ReadonlyMap<string | null, Window>): Note[] {
  const replaced = windows.filter(({pool}) => told.has(pool)).flatMap(({shares = []}) => shares.map(({name}) => name));
  return withoutFigures(
    notes.filter(({text}) => !replaced.includes(text ?? '')),
    [],
  );
}

const saidOnce = (notes: readonly Note[]): Note[] =>
  notes.filter(({code}, at) => code === 'model' || notes.findIndex(note => note.code === code) === at);

/** Null when the method is not served. Throws `ProviderError`. */
async function oldestQuota(session: Session, body: unknown): Promise<Reading | null> {
  const answer = await session.ask('retrieveUserQuota', body);
  if (answer === null) return null;
  const quota = parseUserQuota(answer.body, session.wire.now());
  if (quota === null) throw unexpectedShape('its quota response has an unknown format', answer.body);
  return verified(quota, answer);
}

function unlessCalledOff(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  throw error;
}

const unconfirmed = ({shares: _, ...window}: Window): Window => ({
  ...window,
  resetsAt: null,
  use: {state: 'unknown', why: 'full, but not confirmed by the service'},
});

function verified(reading: Reading, {host}: Answer): Reading {
  if (host !== productionHost) return reading;
  const {notes, ...rest} = believable(reading);
  return {...rest, notes: [...notes, {code: 'google/production-only'}]};
}
