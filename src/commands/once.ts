import type {Asked} from '../command-line/parse.ts';
import type {MonitorState} from '../core/model.ts';
import type {Program} from '../core/program.ts';
import {exitCodeOf, reportText, toReport} from '../surfaces/report.ts';
import {complain, print, wantsColor, widthOf} from './output.ts';
import {absentFrom, closeWhenInterrupted, complainOf, programFor, timeoutMsOf} from './program.ts';

const usualTimeoutMs = 30_000;
const nothingFound = 3;
// Of a pipe, where nobody knows how wide the reader's page is.
const usualWidth = 80;

/** One reading of everything, as text or as JSON. */
export async function runOnce(asked: Asked): Promise<number> {
  const program = await programFor(asked, {ledger: true});
  closeWhenInterrupted(program);
  try {
    const timeoutMs = timeoutMsOf(asked, usualTimeoutMs);
    const state = await program.monitor.readOnce({timeoutMs, maxAgeMs: (asked.number('max-age') ?? 0) * 1000});
    complainOf(program);
    const {privacy} = program.settings.store.get().settings.display;
    const now = program.now();
    const code = exitCodeOf(state);
    // In a table that is otherwise empty it stands in place of one.
    if (asked.has('json') || code !== nothingFound) for (const line of absentFrom(program)) complain(line);
    const text = asked.has('json') ? reportText(toReport(state, {now, privacy})) : await wordsOf(asked, state, program);
    return await print(text, code);
  } finally {
    await program.close();
  }
}

/** Words are loaded only for those who read them: scripts do not pay for it. */
async function wordsOf(asked: Asked, state: MonitorState, program: Program): Promise<string> {
  const [{onceText}, {plainLines}, {stringsFor, languageOf, hourCycleOf, hasUnicode}] = await Promise.all([
    import('../surfaces/text.ts'),
    import('../surfaces/plain.ts'),
    import('../view/strings/index.ts'),
  ]);
  const {display, thresholds} = program.settings.store.get().settings;
  const strings = stringsFor(languageOf(display.language, process.env));
  const options = {
    now: program.now(),
    width: widthOf(usualWidth),
    color: wantsColor(asked.has('no-color')),
    ascii: display.ascii === 'auto' ? !hasUnicode(process.env) : display.ascii,
    privacy: display.privacy,
    show: display.show,
    thresholds,
    names: Object.fromEntries(program.catalogue.map(({id, name}) => [id, name])),
    strings,
    absent: absentFrom(program, strings),
    hourCycle: hourCycleOf(process.env),
  };
  return readsAloud(process.env) ? `${plainLines(state, options).join('\n')}\n` : onceText(state, options);
}

/** Columns and bars mean nothing to a screen reader, nor to a terminal that cannot place its cursor. */
const readsAloud = (env: NodeJS.ProcessEnv): boolean => env.TERM === 'dumb' || Boolean(env.INK_SCREEN_READER);
