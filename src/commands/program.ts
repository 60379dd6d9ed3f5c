import type {Asked} from '../command-line/parse.ts';
import {compose} from '../compose.ts';
import type {Program} from '../core/program.ts';
import {defaultProviderSettings, type Language, type Settings, type ThemeName} from '../core/settings.ts';
import {catalogue} from '../providers/index.ts';

/** The program as the command line wants it. */
export const programFor = (asked: Asked, {ledger, live = false}: {ledger: boolean; live?: boolean}): Promise<Program> =>
  compose({
    env: process.env,
    demo: asked.has('demo'),
    providers: asked.providers,
    override: settings => overridden(settings, asked),
    ledger,
    live,
  });

export const timeoutMsOf = (asked: Asked, usual: number): number => {
  const seconds = asked.number('timeout');
  return seconds === undefined ? usual : seconds * 1000;
};

/** Flags stand over the settings, for this run. */
function overridden(settings: Settings, asked: Asked): Settings {
  const {display} = settings;
  const intervalSeconds = asked.number('interval');
  return {
    ...settings,
    providers: intervalSeconds === undefined ? settings.providers : withInterval(settings, intervalSeconds),
    display: {
      ...display,
      privacy: display.privacy || asked.has('privacy'),
      mouse: display.mouse && !asked.has('no-mouse'),
      ascii: asked.has('ascii') || display.ascii,
      theme: (asked.text('theme') as ThemeName | undefined) ?? display.theme,
      language: (asked.text('lang') as Language | undefined) ?? display.language,
    },
  };
}

const withInterval = ({providers}: Settings, intervalSeconds: number): Settings['providers'] =>
  Object.fromEntries(catalogue.map(({id}) => [id, {...(providers[id] ?? defaultProviderSettings), intervalSeconds}]));
