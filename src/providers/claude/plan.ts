import {titleCase, toText} from '../shared/values.ts';

/** 'Max 20x' from what the login says of its subscription; null when it says nothing. */
export function planName(subscription: unknown, tier: unknown): string | null {
  const name = toText(subscription);
  if (name === undefined) return null;
  const times = /(?:^|_)(\d+x)(?:_|$)/.exec(toText(tier) ?? '')?.[1];
  return [titleCase(name), ...(times === undefined ? [] : [times])].join(' ');
}
