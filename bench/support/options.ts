/** `quick`: a run of seconds that shows that everything works; its figures say nothing. */
export type BenchOptions = {quick: boolean};

/** How often a thing is measured. */
export const times = ({quick}: BenchOptions, usual: number, few = 2): number => (quick ? few : usual);
