import {ProviderError, type Reading} from '../../core/model.ts';
import type {Wire} from '../../core/provider.ts';
import {jsonOf} from '../shared/http.ts';
import type {Credential, OauthLogin} from './credential.ts';
import {askInternal, githubFailure, isRefusal, isSuccess, refusalReason, saysNoCopilot} from './github.ts';
import {loginIn, noPlan, parseInternal} from './parse-internal.ts';

export type LiveReading = {reading: Reading; login: string | undefined};
type Refused = {code: 'no_plan' | 'expired' | 'auth_rejected'; source: string; why: string};

/**
 * The live counter, by the first token that may read it. Throws `ProviderError`: at once for what another token would
 * not change (limits, an unreachable or changed service), else after the last token.
 */
export async function fetchInternal({host, login, oauth}: Credential, wire: Wire): Promise<LiveReading> {
  const refused: Refused[] = [];
  for (const candidate of likeliestFirst(oauth, wire)) {
    const answer = await ask(host, candidate, login, wire);
    if ('why' in answer) {
      refused.push(answer);
      continue;
    }
    wire.memory.set(memoryOf(oauth), candidate.token);
    return withSource(answer, candidate, oauth);
  }
  throw verdict(refused);
}

/** Which token worked last: a dead one before it is not tried at every poll. */
const memoryOf = (oauth: readonly OauthLogin[]): string => `copilot:works:${oauth.map(({token}) => token).join(' ')}`;

function likeliestFirst(oauth: readonly OauthLogin[], wire: Wire): OauthLogin[] {
  const works = wire.memory.get(memoryOf(oauth));
  return [...oauth].sort((a, b) => Number(b.token === works) - Number(a.token === works));
}

async function ask(
  host: string,
  candidate: OauthLogin,
  expected: string | undefined,
  wire: Wire,
): Promise<LiveReading | Refused> {
  const {source} = candidate;
  const response = await askInternal(wire, host, candidate.token);
  if (!isSuccess(response)) {
    const failure = githubFailure(response, wire.now());
    if (failure.code === 'expired') return {code: 'expired', source, why: failure.message};
    if (!isRefusal(response, failure)) throw failure;
    return {code: saysNoCopilot(response) ? 'no_plan' : 'auth_rejected', source, why: refusalReason(response)};
  }
  const body = jsonOf(response);
  const login = loginIn(body);
  if (isStranger(candidate, login, expected))
    return {code: 'auth_rejected', source, why: 'it belongs to another GitHub login'};
  return read(body, login, source, wire.now());
}

/** A login without a plan is a refusal too: the next token may be another person's, who has one. */
function read(body: unknown, login: string | undefined, source: string, now: number): LiveReading | Refused {
  try {
    return {reading: parseInternal(body, now), login};
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'no_plan') throw error;
    return {code: 'no_plan', source, why: error.message};
  }
}

/** A token that no place names was only taken for this login; its answer says whose it really is. */
const isStranger = (candidate: OauthLogin, login: string | undefined, expected: string | undefined): boolean =>
  candidate.login === undefined &&
  login !== undefined &&
  expected !== undefined &&
  login.toLowerCase() !== expected.toLowerCase();

/** The panel names the first source; where another one answered, that is said. */
function withSource(live: LiveReading, {token, source}: OauthLogin, [first]: readonly OauthLogin[]): LiveReading {
  if (first === undefined || first.token === token) return live;
  const {reading} = live;
  return {...live, reading: {...reading, notes: [...reading.notes, {code: 'message', text: `read with ${source}`}]}};
}

// A login without a plan is alive, and no signing in changes that; a dead one is surely cured by it.
const tellingFirst: readonly Refused['code'][] = ['no_plan', 'expired', 'auth_rejected'];

/** What is said when no token could read the counter: the most that any of them told. */
function verdict(refused: readonly Refused[]): ProviderError {
  const rank = ({code}: Refused): number => tellingFirst.indexOf(code);
  const [first] = refused.toSorted((a, b) => rank(a) - rank(b));
  if (first === undefined) return new ProviderError('no_credentials', {remedy: 'copilot/sign-in'});
  if (first.code === 'no_plan') return noPlan(`${first.source}: ${first.why}`);
  const who = first.code === 'expired' ? first.source : `${first.source} cannot read Copilot quota`;
  return new ProviderError(first.code, {
    detail: `${who} (${first.why})`,
    remedy: 'copilot/sign-in',
  });
}
