import type {Machine} from '../../core/provider.ts';
import {nothing, only, remedyFor} from '../shared/held.ts';
import {parseJsonc} from '../shared/opencode-config.ts';
import {isRecord, type Json, recordOf, toText} from '../shared/values.ts';
import {type Found, foundToken, isUsableToken} from './credential.ts';
import {githubHost} from './hosts.ts';
import {type Place, unread} from './places.ts';

const source = 'Copilot CLI config.json';

/** GitHub Copilot CLI's own file, which holds its logins where it has no keychain. Lines of comments stand above it. */
export async function inCopilotCli({env, home, readText}: Pick<Machine, 'env' | 'home' | 'readText'>): Promise<Place> {
  const file = await readText(`${env.COPILOT_HOME || `${home}/.copilot`}/config.json`);
  if (file.state === 'missing') return nothing;
  if (file.state === 'unreadable') return unread(source, file.why, remedyFor(file));
  const config = parseJsonc(file.text);
  if (config === undefined) return unread(source, 'it is not valid JSON');
  const active = activeKey(config);
  const tokens = Object.entries({...recordOf(config.copilot_tokens), ...recordOf(config.copilotTokens)});
  return only(...tokens.sort(([a], [b]) => Number(b === active) - Number(a === active)).flatMap(toFound));
}

/** The key of the login that the CLI would use. */
function activeKey(config: Json): string | undefined {
  const {host, login} = recordOf(config.lastLoggedInUser ?? config.last_logged_in_user);
  return `${toText(host) ?? ''}:${toText(login) ?? ''}`;
}

const key = /^((?:https:\/\/)?[^:/]+)\/?(?::([^:/]+))?$/i;

/** 'https://github.com:octocat' → its token. A host with a port, or that is not GitHub's, gets none sent. */
function toFound([name, value]: [string, unknown]): Found[] {
  const [, address = '', login] = key.exec(name.trim()) ?? [];
  const host = githubHost(address);
  const token = toText(isRecord(value) ? value.token : value);
  return host === undefined || !isUsableToken(token) ? [] : [foundToken(token, source, host, login)];
}
