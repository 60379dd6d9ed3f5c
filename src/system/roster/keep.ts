import type {MonitorState} from '../../core/model.ts';
import type {Roster} from '../../core/roster.ts';
import type {Settings} from '../../core/settings.ts';
import {ignoreErrors} from '../files/private-file.ts';
import type {SettingsFile} from '../settings/file.ts';
import type {SeenEnvironment} from './environment.ts';
import {markLook, type RosterFile, rosterIdentity, writeRoster} from './file.ts';
import {signsOf} from './signs.ts';

/** `lookedAt`: when the look for logins began that found them (epoch ms). */
export type KeptFrom = {
  roster: Roster;
  state: MonitorState;
  settings: SettingsFile;
  environment: SeenEnvironment;
  lookedAt: number;
};
type Places = {configDirectory: string; stateDirectory: string; version: string};

/** Writes the roster when something in it is different, and else when that was last looked at. What cannot be written is missed at the next start, and nowhere else. */
export function createRosterKeeper({configDirectory, stateDirectory, version}: Places): (from: KeptFrom) => void {
  let written = '';
  let identity: string | null = null;
  return from =>
    ignoreErrors(() => {
      const {display} = from.settings.settings;
      const signs = signsOf(configDirectory, display.theme, from.settings.text);
      const text = JSON.stringify({version, signs, ...fileOf(from)} satisfies RosterFile);
      // Another copy may have put one of its own there.
      if (text !== written || rosterIdentity(stateDirectory) !== identity) writeRoster(stateDirectory, text);
      markLook(stateDirectory, from.lookedAt);
      written = text;
      identity = rosterIdentity(stateDirectory);
    }, undefined);
}

function fileOf({roster, state, settings: file, environment}: KeptFrom): Omit<RosterFile, 'version' | 'signs'> {
  const {settings, problems, themes} = file;
  const {display, layout, thresholds, keys, history, customProviders} = settings;
  return {
    environment,
    hasProblems: problems.length > 0,
    settings: {display, layout, thresholds, keys, history, intervals: intervalsIn(settings)},
    custom: customProviders.map(({id, name, usageUrl = '', intervalSeconds}) => ({
      id,
      name,
      usageUrl,
      intervalSeconds: {default: intervalSeconds, floor: intervalSeconds},
    })),
    theme: themes.get(display.theme) ?? null,
    // What went wrong on the way to others is no news at the next start.
    hasNotices: state.notices.some(({code}) => code !== 'alerts'),
    roster,
  };
}

const intervalsIn = ({providers}: Settings): Record<string, number> =>
  Object.fromEntries(
    Object.entries(providers).flatMap(([id, {intervalSeconds}]) =>
      intervalSeconds === null ? [] : [[id, intervalSeconds]],
    ),
  );
