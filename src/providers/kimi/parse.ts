import type {Reading} from '../../core/model.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {unexpectedShape} from '../shared/http.ts';
import {isRecord, type Json, recordOf, titleCase, toText} from '../shared/values.ts';
import {walletOf} from './wallet.ts';
import {unreadableRows, windowsOf} from './windows.ts';

/** Pure. Throws `ProviderError` for a response in any other form. */
export function parseUsages(body: unknown, now: number): Reading {
  if (!isRecord(body)) throw unexpectedShape('no object', body);
  const root = unwrapped(body);
  const wallet = walletOf(root.boosterWallet);
  const windows = [...windowsOf(root, now), ...wallet.windows];
  if (windows.length === 0 && wallet.amounts.length === 0 && !isKnown(root))
    throw unexpectedShape('no limit that can be read', body);
  const isSkipped = windows.length === 0 && unreadableRows(root) > 0;
  return {
    plan: planOf(root.user),
    windows,
    amounts: wallet.amounts,
    notes: isSkipped ? [{code: 'skipped-rows'}] : [],
  };
}

/** Some proxies put the response into `data`. */
function unwrapped(body: Json): Json {
  const isPlain = ['usage', 'limits', 'usages'].some(name => body[name] !== undefined);
  return isPlain || !isRecord(body.data) ? body : body.data;
}

/** An account without limits is one that says who it is, or where its limits would be. */
const isKnown = ({user, usage, usages, limits}: Json): boolean =>
  [user, usage, usages].some(isRecord) || Array.isArray(limits) || limits === null;

// What the service calls LEVEL_BASIC is not certain.
const plans = new Map([
  ['LEVEL_STANDARD', 'Moderato'],
  ['LEVEL_INTERMEDIATE', 'Allegretto'],
  ['LEVEL_ADVANCED', 'Allegro'],
  ['LEVEL_PREMIUM', 'Vivace'],
]);

/** The plan's name; the level's own word where there is no name for it. */
function planOf(user: unknown): string | null {
  const level = toText(sanitize(toText(recordOf(recordOf(user).membership).level) ?? '', 60));
  if (level === undefined) return null;
  return plans.get(level) ?? toText(titleCase(level.replace(/^LEVEL_/, '').toLowerCase())) ?? null;
}
