import {type Instance, render} from 'ink';
import type {ReactElement} from 'react';
import {App} from '../app.tsx';
import type {Services} from '../core/services.ts';
import type {Display, Language} from '../core/settings.ts';
import type {FirstFrame} from '../terminal/first-frame.ts';
import {tapInput} from '../terminal/input.ts';
import {openStage, type Stage, type StageOptions} from '../terminal/stage.ts';
import {createTerminal} from '../terminal/terminal.ts';
import type {ColorDepth} from '../view/theme/theme.ts';

export type ScreenOptions = Omit<StageOptions, 'marks'> & {
  env: Readonly<Record<string, string | undefined>>;
  /** Starts a program that goes on without us (the browser); false when that cannot be done. */
  start(services: string, args: readonly string[]): Promise<boolean>;
  flags: {
    noColor: boolean;
    ascii: boolean;
    noMouse: boolean;
    theme?: string;
    language?: Language;
    privacy?: boolean;
  };
  /** What stands on the screen already. */
  painted?: FirstFrame | null;
  /** Told how to give the terminal back at once, for a fault that Ink knows nothing of. */
  opened?(leave: () => void): void;
  /** Told how to write between frames what draws nothing; null once the screen is closed. */
  interject?(write: ((text: string) => void) | null): void;
};

/**
 * Opens the monitor on a terminal and resolves when it was left. Rejects with what was thrown while drawing; the
 * terminal is as it was before either way.
 */
export async function openScreen(services: Services, options: ScreenOptions): Promise<{exitCode: number}> {
  const {env, flags, start, painted = null} = options;
  const stage = openStage({...options, marks: !env.TMUX});
  painted?.release();
  options.opened?.(stage.leave);
  options.interject?.(stage.output.interject);
  try {
    const {terminal, hear} = createTerminal({...stage, env, start, noColor: flags.noColor, ascii: flags.ascii});
    const app = <App services={services} terminal={terminal} initial={initialOf(flags)} now={painted?.now} />;
    const instance = renderOn(stage, tapInput(options.stdin, hear), app);
    if (asksBackground(env, terminal.depth)) stage.output.stdout.write(askBackground);
    let exitCode = 0;
    const gone = (): void => {
      exitCode = hungUp;
      instance.unmount();
    };
    options.stdin.on('error', gone).on('end', gone);
    await instance.waitUntilExit();
    return {exitCode};
  } finally {
    options.interject?.(null);
    stage.close();
  }
}

function renderOn({output, drawBy}: Stage, stdin: NodeJS.ReadStream, app: ReactElement): Instance {
  const instance = render(app, {
    stdin,
    stdout: output.stdout,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    // Others are kept off the screen below the console: what they write is not drawn between two frames.
    patchConsole: false,
    exitOnCtrlC: false,
  });
  drawBy(() => {
    // Ink forgets what it drew. It would erase from where it left the cursor, which is not there any more.
    output.ignoreErrors(() => instance.clear());
    output.eraseFirst();
    instance.rerender(app);
  });
  return instance;
}

// As after SIGHUP: the terminal cannot be read any more. A shell whose `npm` was killed has it back, for one.
const hungUp = 129;

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
