import {clean} from '../../core/text.ts';
import {titleCase, toText} from '../shared/values.ts';

/** 'Plus' from 'plus'. The list of plans is open: a name that nobody knows is shown as it comes. */
export function planName(raw: unknown): string | null {
  const name = clean(toText(raw) ?? '', 40);
  const key = name.toLowerCase().replace(/[\s_-]+/g, '');
  // Two sizes of one plan; the service says only 'pro' for the greater.
  if (key === 'prolite') return 'Pro 5x';
  if (key === 'pro') return 'Pro 20x';
  return titleCase(name) || null;
}
