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
/** Frame and two rows: less of a panel is not worth its frame. */
const leastPreview = 4;
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
  /** About as many rows as the largest of all these panels needs. */
  most: number;
  /** Where the table was scrolled to, and which row must be seen. */
  scroll: number;
  focus: number;
};

/** So many rows of accounts have room, with the panel below them. */
export const roomFor = (available: number): number =>
  available - headingRows - (available >= headingRows + leastShown + leastPreview ? leastPreview : 0);

/** What the panel gets where not all rows have room, whatever is in it: the table stands still while the focus moves. */
function reserved(available: number, most: number): number {
  const least = Math.max(leastPreview + 1, Math.min(most, Math.floor(available * previewShare)));
  return available - headingRows - ruleRows - least >= leastShown ? least : 0;
}

export function tablePlan({available, count, full, most, scroll, focus}: TableNeed): TablePlan {
  const rule = count > roomFor(available);
  const beside = headingRows + (rule ? ruleRows : 0);
  const shown = Math.max(0, rule ? available - beside - reserved(available, most) : count);
  const left = available - beside - shown;
  return {
    shown,
    first: inView(scroll, focus, shown, count),
    rule,
    preview: left < leastPreview ? 0 : Math.min(full, left),
  };
}

/** The scroll that is nearest to where it was and shows the row. */
function inView(scroll: number, focus: number, shown: number, count: number): number {
  const near = Math.min(Math.max(scroll, focus - shown + 1), focus);
  return Math.max(0, Math.min(near, count - shown));
}
