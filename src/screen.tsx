import {render} from 'ink';
import {App} from './app.tsx';
import type {Program} from './core/program.ts';
import type {Display, Language, ThemeName} from './core/settings.ts';
import {type Heard, tapInput} from './screen/input.ts';
import {coalesce} from './screen/output.ts';
import {createTerminal} from './screen/terminal.ts';
import type {ColorDepth} from './view/theme.ts';

export type ScreenOptions = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
  /** Starts a program that goes on without us (the browser); false when that cannot be done. */
  start(program: string, args: readonly string[]): Promise<boolean>;
  flags: {
    noColor: boolean;
    ascii: boolean;
    noMouse: boolean;
    theme?: ThemeName;
    language?: Language;
    privacy?: boolean;
  };
};

/**
 * Opens the monitor on a terminal and resolves when it was left. Rejects with what was thrown while drawing; the
 * terminal is as it was before either way.
 */
export async function openScreen(program: Program, options: ScreenOptions): Promise<{exitCode: number}> {
  const {stdin, stdout, env, start, flags} = options;
  const output = coalesce(stdout, {marks: !env.TMUX});
  let redraw = (): void => {};
  const {terminal, hear} = createTerminal({
    env,
    output,
    start,
    noColor: flags.noColor,
    ascii: flags.ascii,
    redraw: () => redraw(),
  });
  const app = <App program={program} terminal={terminal} initial={initialOf(flags)} />;
  const instance = render(app, {
    stdin: tapInput(stdin, (heard: Heard) => hear(heard)),
    stdout: output.stdout,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    patchConsole: true,
    exitOnCtrlC: false,
  });
  if (asksBackground(env, terminal.depth)) output.stdout.write(askBackground);
  redraw = () => {
    instance.clear();
    instance.rerender(app);
  };
  await instance.waitUntilExit();
  return {exitCode: 0};
}

/** OSC 11: the answer, if one comes, decides between the light and the dark theme. */
const askBackground = '\u001b]11;?\u0007';

/** Not where it is known already, nor where a question would be printed instead of answered. */
const asksBackground = (env: ScreenOptions['env'], depth: ColorDepth): boolean =>
  depth !== 'none' && env.COLORFGBG === undefined && env.STY === undefined && env.TERM !== 'linux';

const initialOf = (flags: ScreenOptions['flags']): Partial<Display> => ({
  ...(flags.theme === undefined ? {} : {theme: flags.theme}),
  ...(flags.language === undefined ? {} : {language: flags.language}),
  ...(flags.privacy === undefined ? {} : {privacy: flags.privacy}),
  ...(flags.noMouse ? {mouse: false} : {}),
  ...(flags.ascii ? {ascii: true} : {}),
});
