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
/** Frame and one row, where no panel has more. */
const leastFrame = 3;
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

/** On a screen as low as this all accounts are worth more than a panel of one of them. */
const lowScreen = 14;

/** So many rows of accounts have room, with the panel below them. */
export const roomFor = (available: number): number =>
  available - headingRows - (available >= lowScreen ? leastPreview : 0);

/** What the panel gets where not all rows have room, whatever is in it: the table stands still while the focus moves. */
function reserved(available: number, most: number): number {
  const share = Math.max(leastPreview + 1, Math.floor(available * previewShare));
  const wanted = Math.max(leastFrame, Math.min(most, share));
  return available - headingRows - ruleRows - wanted >= leastShown ? wanted : 0;
}

export function tablePlan({available, count, full, most, scroll, focus}: TableNeed): TablePlan {
  const beside = reserved(available, most);
  // Without the panel below them all rows may have room.
  const rule = count > roomFor(available) && (beside > 0 || count > available - headingRows);
  const shown = rule ? Math.min(count, available - headingRows - ruleRows - beside) : count;
  const left = available - headingRows - shown - (rule ? ruleRows : 0);
  const preview = left < leastFrame ? 0 : Math.min(full, left);
  return {shown, first: inView(scroll, focus, shown, count), rule, preview};
}

/** The scroll that is nearest to where it was and shows the row. */
function inView(scroll: number, focus: number, shown: number, count: number): number {
  const near = Math.min(Math.max(scroll, focus - shown + 1), focus);
  return Math.max(0, Math.min(near, count - shown));
}
