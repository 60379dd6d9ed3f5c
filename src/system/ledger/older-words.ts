import type {Remedy} from '../../core/model.ts';

/** What 0.1.0 called its advice. An account that waits for its user is not polled: what it is to do must outlive an upgrade. */
const ofVersion010: Readonly<Record<string, Remedy>> = {
  'codex-login': {code: 'run', command: 'codex'},
  'opencode-login': {code: 'run', command: 'opencode auth login'},
  'open-opencode': {code: 'open', name: 'opencode'},
  'github-login': {code: 'sign-in', name: 'GitHub', command: 'opencode auth login'},
  'github-plan-permission': {code: 'grant', name: 'Plan: read'},
  'check-key-site': {code: 'check-key'},
  'coding-plan': {code: 'subscribe', name: 'Coding Plan'},
  'google-login': {code: 'sign-in', name: 'Google', command: 'opencode auth login'},
  'google-verify': {code: 'verify', name: 'Google'},
  'google-open-antigravity': {code: 'open', name: 'Antigravity'},
  'agy-login': {code: 'sign-in', name: 'Antigravity', command: 'agy'},
  'agy-update': {code: 'update', name: 'agy', version: '1.1.11'},
  'api-key-login': {code: 'run', command: 'codex login'},
  'report-change': {code: 'report'},
};

/** Advice of an older version in today's words; null for a stranger. */
export function remedyOfOlder(code: unknown, url: unknown): Remedy | null {
  const remedy = typeof code === 'string' && Object.hasOwn(ofVersion010, code) ? ofVersion010[code] : undefined;
  if (remedy === undefined) return null;
  return typeof url === 'string' ? {...remedy, url} : remedy;
}
