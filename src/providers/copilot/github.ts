import {ProviderError} from '../../core/model.ts';
import type {Wire, WireResponse} from '../../core/provider.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {failureOf, maybeJson, type Remedies} from '../shared/http.ts';
import {recordOf, toText} from '../shared/values.ts';
import {apiOrigin, type GithubHost} from './hosts.ts';

/** How GitHub's REST API is asked, and what its refusals mean, whatever the question is. */

/** A question to the documented API, with a personal access token. */
export const askBilling = (wire: Wire, host: GithubHost, token: string, path: string): Promise<WireResponse> =>
  wire.send({
    url: `${apiOrigin(host)}${path}`,
    headers: {
      Accept: 'application/vnd.github+json',
      Authorization: `Bearer ${token}`,
      'X-GitHub-Api-Version': '2026-03-10',
      'User-Agent': `mystatus-tui/${wire.version}`,
    },
  });

/** The live counter: undocumented, and made for editors, as whom everybody asks it. The values need not be current. */
export const askInternal = (wire: Wire, host: GithubHost, token: string): Promise<WireResponse> =>
  wire.send({
    url: `${apiOrigin(host)}/copilot_internal/user`,
    headers: {
      Accept: 'application/json',
      Authorization: `token ${token}`,
      'Editor-Version': 'vscode/1.96.2',
      'Editor-Plugin-Version': 'copilot-chat/0.26.7',
      'X-GitHub-Api-Version': '2025-04-01',
      'User-Agent': `GitHubCopilotChat/0.26.7 mystatus-tui/${wire.version}`,
    },
  });

// GitHub: where no time is told, wait at least a minute. Asking on may end in a ban.
const leastWaitMs = 60_000;

/** The failure that an answer means. GitHub may call a limit a 403 in words alone; without a time it is a minute. */
export function githubFailure(response: WireResponse, now: number, remedies: Remedies = {}): ProviderError {
  const failure = failureOf(response, now, remedies);
  if (failure.code !== 'rate_limited' && !saysLimit(response)) return failure;
  return new ProviderError('rate_limited', {detail: failure.message, retryAt: failure.retryAt ?? now + leastWaitMs});
}

const saysLimit = (response: WireResponse): boolean =>
  response.status === 403 && /rate limit/i.test(toText(recordOf(maybeJson(response.text)).message) ?? '');

export const isSuccess = ({status}: WireResponse): boolean => status >= 200 && status < 300;

/** Refused for this token, or not there for it: GitHub hides what a token may not see behind a 404. */
export const isRefusal = (response: WireResponse, failure: ProviderError): boolean =>
  failure.code === 'auth_rejected' || (response.status === 404 && failure.code === 'bad_response');

/** The longer error envelope: not the token is at fault, the account has no Copilot. */
export function saysNoCopilot(response: WireResponse): boolean {
  const body = recordOf(maybeJson(response.text));
  return body.can_signup_for_limited === true || recordOf(body.error_details).notification_id === 'no_copilot_access';
}

/** Why Copilot says that there is nothing: its own words in the longer error envelope, else the usual message. */
export function refusalReason(response: WireResponse): string {
  const body = recordOf(maybeJson(response.text));
  const reason = toText(recordOf(body.error_details).message) ?? toText(body.message);
  return reason === undefined ? `HTTP ${response.status}` : `HTTP ${response.status}: ${sanitize(reason)}`;
}
