/** How many rows the table and the panel below it get. Geometry alone. */

export type TablePlan = {
  /** Rows of accounts that are visible, and the first of them. */
  shown: number;
  first: number;
  /** A rule under them says how many are not. */
  rule: boolean;
  /** Rows of the focused account's panel; 0: it has no room. */
  preview: number;
};

export const headingRows = 1;
const ruleRows = 1;
/** Frame and three rows. */
const leastPreview = 5;
/** With fewer rows of accounts than this, the panel goes. */
const leastShown = 3;
/** Of the screen, while there are more accounts than rows. */
const previewShare = 1 / 3;

export type TableNeed = {
  /** Rows between header and footer. */
  available: number;
  /** Rows of accounts. */
  count: number;
  /** Rows at which nothing of the focused account's panel is left out. */
  full: number;
  /** Where the table was scrolled to, and which row must be seen. */
  scroll: number;
  focus: number;
};

/** Rows of accounts for which there is room beside the panel. */
export const roomFor = (available: number): number => available - headingRows - reserved(available);

/** What the panel gets whatever is in it, so that the table stands still while the focus moves. */
function reserved(available: number): number {
  const least = Math.max(leastPreview, Math.floor(available * previewShare));
  return available - headingRows - ruleRows - least >= leastShown ? least : 0;
}

export function tablePlan({available, count, full, scroll, focus}: TableNeed): TablePlan {
  const room = roomFor(available);
  const rule = count > room;
  const shown = Math.max(0, Math.min(count, rule ? room - ruleRows : count));
  const left = available - headingRows - shown - (rule ? ruleRows : 0);
  const preview = reserved(available) > 0 ? Math.min(full, left) : 0;
  return {shown, first: inView(scroll, focus, shown, count), rule, preview};
}

/** The scroll that is nearest to where it was and shows the row. */
function inView(scroll: number, focus: number, shown: number, count: number): number {
  const near = Math.min(Math.max(scroll, focus - shown + 1), focus);
  return Math.max(0, Math.min(near, count - shown));
}
