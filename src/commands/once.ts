import type {Asked} from '../command-line/parse.ts';
import type {MonitorState} from '../core/model.ts';
import {exitCodeOf, reportText, toReport} from '../surfaces/report.ts';
import {complain, print, wantsColor} from './output.ts';
import {programFor, timeoutMsOf} from './program.ts';

const usualTimeoutMs = 30_000;
// Of a pipe, where nobody knows how wide the reader's page is.
const usualWidth = 80;

/** One reading of everything, as text or as JSON. */
export async function runOnce(asked: Asked): Promise<number> {
  const program = await programFor(asked, {ledger: true});
  try {
    const timeoutMs = timeoutMsOf(asked, usualTimeoutMs);
    const state = await program.monitor.readOnce({timeoutMs, maxAgeMs: (asked.number('max-age') ?? 0) * 1000});
    const {settings, problems} = program.settings.store.get();
    for (const {text} of [...problems, ...state.notices]) complain(text);
    const {privacy} = settings.display;
    const now = program.now();
    const text = asked.has('json') ? reportText(toReport(state, {now, privacy})) : await tableOf(asked, state, program);
    return await print(text, exitCodeOf(state));
  } finally {
    await program.close();
  }
}

/** The table is loaded only for those who read it: scripts do not pay for it. */
async function tableOf(
  asked: Asked,
  state: MonitorState,
  program: Awaited<ReturnType<typeof programFor>>,
): Promise<string> {
  const [{onceText}, {stringsFor, languageOf, hourCycleOf}] = await Promise.all([
    import('../surfaces/text.ts'),
    import('../view/strings/index.ts'),
  ]);
  const {settings} = program.settings.store.get();
  const {display, thresholds} = settings;
  return onceText(state, {
    now: program.now(),
    width: process.stdout.columns ?? usualWidth,
    color: wantsColor(asked.has('no-color')),
    ascii: display.ascii === true,
    privacy: display.privacy,
    show: display.show,
    thresholds,
    names: Object.fromEntries(program.catalogue.map(({id, name}) => [id, name])),
    strings: stringsFor(languageOf(display.language, process.env)),
    hourCycle: hourCycleOf(process.env),
  });
}
