import {sanitize} from '../../core/text/sanitize.ts';
import {titleCase, toText} from '../shared/values.ts';

/** 'Plus' from 'plus'. The list of plans is open: a name that nobody knows is shown as it comes. */
export function planName(raw: unknown): string | null {
  const name = sanitize(toText(raw) ?? '', 40);
  return (titles.get(wordOf(name)) ?? titleCase(name)) || null;
}

// Names that do not say what the plan is called.
const titles = new Map([
  // Two sizes of one plan; the service says only 'pro' for the greater.
  ['prolite', 'Pro 5x'],
  ['pro', 'Pro 20x'],
  ['selfservebusinessusagebased', 'Business'],
  ['enterprisecbpusagebased', 'Enterprise'],
]);

const personal = /^(?:guest|free|go|plus|pro(?:lite|\d+x)?)$/;

/** False for a plan of one person; true for any other name: in a workspace there may be many. */
export const isWorkspacePlan = (raw: string): boolean => !personal.test(wordOf(raw));

const wordOf = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');
