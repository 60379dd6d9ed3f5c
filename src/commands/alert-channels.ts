import type {AlertSettings, ChannelName} from '../core/alerts/event.ts';
import type {Delivered, Message} from '../core/alerts/message.ts';
import type {Clock} from '../core/clock.ts';
import type {EventJson} from '../output/event-json.ts';
import {createCommands} from '../system/alerts/command.ts';
import {notifyDesktop} from '../system/alerts/desktop.ts';
import {post} from '../system/alerts/post.ts';
import {type Environment, findProgram} from '../system/programs/find.ts';
import {runProgram} from '../system/programs/programs.ts';
import {bell, notificationAt, placeOf} from '../terminal/notification.ts';

/** The ways by which alerts leave the program. None of them throws. */

export type ChannelParts = {
  env: Environment;
  platform: string;
  home: string;
  version: string;
  clock: Clock;
  /** Variables that may hold a credential. */
  withheld: readonly string[];
  settings(): AlertSettings;
  /** Writes to the terminal between frames; null where there is none. */
  terminal(): ((text: string) => void) | null;
  /** Topic of ntfy; null where none is stored. */
  topic(): Promise<string | null>;
  /** False: what failed is not tried again. */
  again?: boolean | undefined;
};
export type Report = Delivered & {channel: string};

export type Channels = {
  /** For people: one message for all that happened. */
  show(message: Message): Promise<Report[]>;
  /** For programs: each event by itself. */
  hand(event: EventJson): Promise<Report[]>;
};

export function createChannels(parts: ChannelParts): Channels {
  const commands = createCommands(parts);
  const has = (channel: ChannelName): boolean => parts.settings().channels.includes(channel);
  return {
    async show(message) {
      const {ntfy} = parts.settings();
      const reports = [
        has('bell') && !has('terminal') ? report('bell', ring(parts)) : null,
        has('terminal') ? report('terminal', tellTerminal(message, parts)) : null,
        has('desktop') ? report('desktop', notifyDesktop(message, desktopIn(parts))) : null,
        has('webhook') && ntfy !== null ? report('ntfy', tellNtfy(ntfy, message, parts)) : null,
      ];
      return Promise.all(reports.filter(each => each !== null));
    },
    async hand(event) {
      const {command, webhook, ntfy} = parts.settings();
      const unset = {ok: false, how: 'alerts.webhook and alerts.ntfy are not set'};
      const reports = [
        has('command') ? report('command', runCommand(command, event)) : null,
        has('webhook') && webhook !== null ? report('webhook', post(webhook, event, parts)) : null,
        has('webhook') && webhook === null && ntfy === null ? report('webhook', Promise.resolve(unset)) : null,
      ];
      return Promise.all(reports.filter(each => each !== null));
    },
  };

  async function runCommand(command: readonly string[], event: EventJson): Promise<Delivered> {
    if (command.length === 0) return {ok: false, how: 'alerts.command is not set'};
    return commands.run(command, event) ?? {ok: false, how: 'too many were running; alerts were left out'};
  }
}

const report = async (channel: string, delivery: Promise<Delivered>): Promise<Report> => {
  try {
    return {channel, ...(await delivery)};
  } catch (error) {
    return {channel, ok: false, how: `internal error: ${String(error)}`};
  }
};

const noTerminal: Delivered = {ok: false, how: 'there is no terminal'};

async function ring({terminal}: ChannelParts): Promise<Delivered> {
  const write = terminal();
  if (write === null) return noTerminal;
  write(bell);
  return {ok: true, how: 'a bell'};
}

async function tellTerminal(message: Message, {terminal, env, platform}: ChannelParts): Promise<Delivered> {
  const askTmux = (args: readonly string[]): Promise<string | null> => answerOf('tmux', args, env, platform);
  const place = await placeOf(env, askTmux);
  // Asked for afterwards: the screen may have been left meanwhile.
  const write = terminal();
  if (write === null) return noTerminal;
  write(notificationAt(place, message));
  return {ok: true, how: place.how};
}

async function answerOf(name: string, args: readonly string[], env: Environment, platform: string) {
  const program = await findProgram(name, [], {env, platform});
  if (program === null) return null;
  const {code, stdout} = await runProgram(program, args, {timeoutMs: 2000, env});
  return code === 0 ? stdout : null;
}

const desktopIn = ({env, platform}: ChannelParts): Parameters<typeof notifyDesktop>[1] => ({
  env,
  platform,
  which: (program, extra = []) => findProgram(program, extra, {env, platform}),
  run: (program, args) => runProgram(program, args, {timeoutMs: 10_000, env}),
});

async function tellNtfy(server: string, {title, body, urgent}: Message, parts: ChannelParts): Promise<Delivered> {
  const topic = await parts.topic();
  if (topic === null) return {ok: false, how: 'no topic is stored: run `mystatus-tui alerts ntfy`'};
  return post(server, {topic, title, message: body, priority: urgent ? 4 : 3}, parts);
}
