/** One thing that is measured; `measure` gives milliseconds. */
export type Subject = {name: string; measure(): Promise<number>};
export type Measured = {name: string; values: number[]};

/**
 * All subjects once per round, in an order that moves by one each round: what disturbs the machine disturbs all of them.
 * One round before that counts for nothing; it fills the caches of the file system.
 */
export async function interleaved(subjects: readonly Subject[], rounds: number): Promise<Measured[]> {
  const found = subjects.map(({name}) => ({name, values: [] as number[]}));
  for (let round = -1; round < rounds; round++) {
    for (let turn = 0; turn < subjects.length; turn++) {
      const at = (turn + round + 1) % subjects.length;
      const value = await subjects[at]?.measure();
      if (round >= 0 && value !== undefined) found[at]?.values.push(value);
    }
  }
  return found;
}
