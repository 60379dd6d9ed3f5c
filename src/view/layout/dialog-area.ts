/** Where a view that covers the panels stands: between header and footer, with a border where there is room for one. */
export type DialogArea = {
  header: boolean;
  footer: boolean;
  boxed: boolean;
  y: number;
  width: number;
  height: number;
  /** Cells and rows for the text. */
  inner: number;
  lines: number;
};

const leastBoxedColumns = 28;
const leastBoxedRows = 10;

export function dialogArea(columns: number, rows: number): DialogArea {
  const boxed = columns >= leastBoxedColumns && rows >= leastBoxedRows;
  const header = rows >= 8;
  const footer = rows >= 4;
  const y = header ? 1 : 0;
  const height = Math.max(1, rows - y - (footer ? 1 : 0));
  return {
    header,
    footer,
    boxed,
    y,
    width: columns,
    height,
    inner: boxed ? columns - 4 : columns,
    lines: boxed ? height - 2 : height,
  };
}
