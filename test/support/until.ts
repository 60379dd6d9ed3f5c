// Generous: a busy machine with two cores runs this beside everything else.
const deadlineMs = 20_000;
const pauseMs = 20;

/** Polls until `holds` does; throws what `complaint` says when that never happens. Never sleeps for a fixed time. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  complaint: () => string | Promise<string>,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > deadlineMs) throw new Error(await complaint());
    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
}
