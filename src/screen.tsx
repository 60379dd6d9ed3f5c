import {render} from 'ink';
import {App} from './app.tsx';
import type {Program} from './core/program.ts';
import type {Display, Language, ThemeName} from './core/settings.ts';
import {coalesce} from './hooks/coalesce.ts';
import {createTerminal} from './hooks/create-terminal.ts';
import {type Heard, tapInput} from './hooks/tap-input.ts';

export type ScreenOptions = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
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
  const {stdin, stdout, env, flags} = options;
  const output = coalesce(stdout, {marks: !env['TMUX']});
  let redraw = (): void => {};
  const {terminal, hear} = createTerminal({
    env,
    output,
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
  redraw = () => {
    instance.clear();
    instance.rerender(app);
  };
  await instance.waitUntilExit();
  return {exitCode: 0};
}

const initialOf = (flags: ScreenOptions['flags']): Partial<Display> => ({
  ...(flags.theme === undefined ? {} : {theme: flags.theme}),
  ...(flags.language === undefined ? {} : {language: flags.language}),
  ...(flags.privacy === undefined ? {} : {privacy: flags.privacy}),
  ...(flags.noMouse ? {mouse: false} : {}),
  ...(flags.ascii ? {ascii: true} : {}),
});
