import type {Language} from '../core/settings.ts';
import {createStore, type Store} from '../core/store.ts';
import {hasUnicode, hourCycleOf, languageOf} from '../view/strings/index.ts';
import type {TerminalControl, TerminalEvent} from '../view/terminal.ts';
import {type Background, backgroundFromReply, backgroundOf, type ColorDepth, depthOf} from '../view/theme/theme.ts';
import type {Heard} from './input.ts';
import type {Output} from './output.ts';
import type {Size} from './size.ts';

type Environment = Readonly<Record<string, string | undefined>>;
export type TerminalParts = {
  env: Environment;
  output: Output;
  noColor: boolean;
  ascii: boolean;
  size: Store<Size>;
  suspend(): Promise<boolean>;
  redraw(): void;
  /** Starts a program that goes on without us; false when that cannot be done. */
  start(program: string, args: readonly string[]): Promise<boolean>;
  platform?: string;
};

type Told = {depth: ColorDepth; background: Background; ascii: boolean; language: Language; hourCycle: 12 | 24};

/** What the environment and the command line say of the terminal. */
export const toldBy = (env: Environment, flags: {noColor: boolean; ascii: boolean}): Told => ({
  depth: depthOf(env, flags.noColor),
  background: backgroundOf(env),
  ascii: flags.ascii || !hasUnicode(env),
  language: languageOf('auto', env),
  hourCycle: hourCycleOf(env),
});

/** The terminal that the program runs in, and the ear for what it sends. */
export function createTerminal(parts: TerminalParts): {terminal: TerminalControl; hear(heard: Heard): void} {
  const {env, output} = parts;
  const listeners = new Set<(event: TerminalEvent) => void>();
  const {background: usual, ...told} = toldBy(env, parts);
  const background = createStore(usual);
  const terminal: TerminalControl = {
    ...told,
    size: parts.size,
    background,
    reducedMotion: isReduced(env),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setMouse: on => output.setMouse(on),
    copy: text => void output.stdout.write(clipboard(text, env)),
    openUrl: async url => openUrl(url, parts),
    suspend: parts.suspend,
    redraw: parts.redraw,
  };
  return {
    terminal,
    hear(heard) {
      if (heard.type === 'background') background.set(backgroundFromReply(heard.reply) ?? background.get());
      else for (const listener of [...listeners]) listener(heard);
    },
  };
}

const isReduced = (env: Environment): boolean =>
  ['REDUCED_MOTION', 'PREFERS_REDUCED_MOTION'].some(name => /^(1|true|reduce|yes)$/i.test(env[name] ?? ''));

/** OSC 52. screen passes it on only inside a device control string, in pieces that it can hold. */
function clipboard(text: string, env: Environment): string {
  const sequence = `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
  if (env.TMUX || !env.STY) return sequence;
  return (sequence.match(/[\s\S]{1,512}/g) ?? []).map(piece => `\u001bP${piece}\u001b\\`).join('');
}

/** Hands the page to the desktop's own opener. */
function openUrl(url: string, {env, start, platform = process.platform}: TerminalParts): boolean | Promise<boolean> {
  const [program, ...args] = opener(env, platform);
  return program !== undefined && /^https?:\/\//.test(url) && start(program, [...args, url]);
}

function opener(env: Environment, platform: string): string[] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  if (env.WSL_DISTRO_NAME) return ['wslview'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : [];
}
