import type {MonitorState} from '../../core/model.ts';
import type {Roster} from '../../core/roster.ts';
import type {Settings} from '../../core/settings.ts';
import {ignoreErrors} from '../files/private-file.ts';
import type {SettingsFile} from '../settings/file.ts';
import {type RosterFile, writeRoster} from './file.ts';
import {signsOf} from './signs.ts';

export type KeptFrom = {roster: Roster; state: MonitorState; settings: SettingsFile};
type Places = {configDirectory: string; stateDirectory: string; version: string};

/** Writes the roster when something in it is different. What cannot be written is missed at the next start, and nowhere else. */
export function createRosterKeeper({configDirectory, stateDirectory, version}: Places): (from: KeptFrom) => void {
  let written = '';
  return from =>
    ignoreErrors(() => {
      const {display} = from.settings.settings;
      const signs = signsOf(configDirectory, display.theme, from.settings.text);
      const text = JSON.stringify({version, signs, ...fileOf(from)} satisfies RosterFile);
      if (text === written) return;
      writeRoster(stateDirectory, text);
      written = text;
    }, undefined);
}

function fileOf({roster, state, settings: {settings, themes}}: KeptFrom): Omit<RosterFile, 'version' | 'signs'> {
  const {display, layout, thresholds, keys, customProviders} = settings;
  return {
    settings: {display, layout, thresholds, keys, intervals: intervalsIn(settings)},
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
