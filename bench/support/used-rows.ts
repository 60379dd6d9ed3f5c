/** What the rows of a picture are used for: those of the first and the last line of the screen do not count. */

export type UsedRows = {useful: number; figures: number; blank: number};

const said = /\d%|∞(?: ─+ +∞)?|✗|○|(?:\? · )+|\d credits|\$\d/g;
/** Rows that are all border, with what stands in it; the rule of the table. */
const border = /^[\s╭╮╰╯┏┓┗┛─━│┃]*[╭╰┏┗─━].*[╮╯┓┛─━]\s*$/;
/** The agenda repeats what rows say. */
const agenda = /[│┃][^│┃]*[├└┬] [^│┃]*[│┃]?/g;

export function usageOfRows(rows: readonly string[]): UsedRows {
  const body = rows.slice(1, -1).map(row => row.replace(agenda, ''));
  const isHiding = rows.some(row => /[▲▼] \d/.test(row));
  return {
    useful: body.filter(row => !border.test(row) && row.match(said) !== null).length,
    figures: body.reduce((sum, row) => sum + (row.match(said)?.length ?? 0), 0),
    blank: isHiding ? rows.filter(row => row.trim() === '').length : 0,
  };
}
