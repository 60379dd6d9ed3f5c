import {marksOf, type ViewContext} from './context.ts';
import {fuzzyMatch} from './fuzzy.ts';
import {spellKeys} from './keymap/spell.ts';
import type {ActionName, Keymap, Mode} from './keymap/table.ts';
import type {PanelModel} from './rows/panel.ts';
import {placeName} from './rows/places.ts';
import type {SettingChange, SettingRow, SettingsInput} from './rows/setting-row.ts';
import {settingRows} from './rows/settings.ts';

/** What the command palette offers: it lists nothing itself, so that an action, a provider or a value that is new is there at once. */

export type PaletteCommand =
  | {kind: 'action'; action: ActionName}
  | {kind: 'panel'; number: number}
  | {kind: 'setting'; change: ValueChange};

type ValueChange = Exclude<SettingChange, {settings: unknown}>;

/** `also`: what else finds it. */
export type PaletteEntry = {text: string; sign: string; also: string; command: PaletteCommand};

export type PaletteInput = {
  keymap: Keymap;
  /** The view below the palette. */
  mode: Mode;
  all: readonly PanelModel[];
  panels: readonly PanelModel[];
  settings: SettingsInput;
};

/** What is possible here first, then the providers and the values of settings, then what is possible elsewhere. */
export function paletteEntries(input: PaletteInput, context: ViewContext): PaletteEntry[] {
  const {keymap, mode} = input;
  const offered = keymap.filter(({name}) => !byKeyOnly.includes(name));
  const [here, elsewhere] = [true, false].map(wanted => offered.filter(({modes}) => modes.includes(mode) === wanted));
  return [
    ...(here ?? []).map(binding => actionEntry(binding, context)),
    ...panelEntries(input),
    ...settingRows(input.settings).flatMap((row, index) => valueEntries(row, index, input.settings, context)),
    ...(elsewhere ?? []).map(binding =>
      actionEntry(binding, context, placeName(binding.modes[0] ?? mode, context.strings)),
    ),
  ];
}

/** What moves something a step means nothing in a list of commands. */
const byKeyOnly: readonly ActionName[] = ['palette', 'run', 'up', 'down', 'left', 'right', 'jump'];

function actionEntry({name, keys}: Keymap[number], context: ViewContext, place = ''): PaletteEntry {
  const words = context.strings.keys[name];
  return {
    text: place === '' ? words.help : `${place}: ${words.help}`,
    sign: spellKeys(keys, context.ascii),
    also: `${words.short} ${name}`,
    command: {kind: 'action', action: name},
  };
}

const panelEntries = ({all, panels}: PaletteInput): PaletteEntry[] =>
  all.flatMap((panel, index) =>
    panels.some(({info}) => info.id === panel.info.id)
      ? [
          {
            text: panel.info.name,
            sign: index < 9 ? String(index + 1) : '',
            also: panel.info.id,
            command: {kind: 'panel' as const, number: index + 1},
          },
        ]
      : [],
  );

/** Every value that a setting of the screen can have: its row is asked for the next one until they come again. */
function valueEntries(row: SettingRow, index: number, input: SettingsInput, context: ViewContext): PaletteEntry[] {
  const entries: PaletteEntry[] = [];
  const seen = new Set<string>();
  let [at, now]: [SettingRow | undefined, SettingsInput] = [row, input];
  while (at !== undefined && !seen.has(at.value)) {
    seen.add(at.value);
    const next = at.change(1);
    if ('settings' in next) return [];
    now = changed(now, next);
    at = settingRows(now)[index];
    if (at !== undefined) entries.push(valueEntry(at, row.value, next, context));
  }
  return entries.sort((a, b) => Number(b.sign !== '') - Number(a.sign !== ''));
}

function changed(input: SettingsInput, change: ValueChange): SettingsInput {
  if ('display' in change) return {...input, display: {...input.display, ...change.display}};
  const {settings} = input;
  return {...input, settings: {...settings, layout: {...settings.layout, ...change.layout}}};
}

const valueEntry = (
  {label, value}: SettingRow,
  current: string,
  change: ValueChange,
  context: ViewContext,
): PaletteEntry => ({
  text: `${label}: ${value}`,
  sign: value === current ? marksOf(context).on : '',
  also: Object.values(change)
    .flatMap(values => [...Object.keys(values), ...Object.values(values)])
    .join(' '),
  command: {kind: 'setting', change},
});

/** What a list that is searched shows of an entry, and what else finds it. */
export type Findable = Pick<PaletteEntry, 'text' | 'sign' | 'also'>;

/** The entries that every word of the query fits, the best first; of equals the order stays. */
export function matchingEntries<T extends Findable>(entries: readonly T[], query: string): T[] {
  const words = query.split(/\s+/).filter(Boolean);
  return entries
    .map(entry => ({entry, score: scoreOf(entry, words)}))
    .filter(({score}) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score)
    .map(({entry}) => entry);
}

// What is read counts for more than what only finds it.
const readsBetter = 5;

function scoreOf({text, also, sign}: Findable, words: readonly string[]): number {
  return words.reduce((sum, word) => {
    const scores = [
      (fuzzyMatch(word, text)?.score ?? Number.NEGATIVE_INFINITY) + readsBetter,
      fuzzyMatch(word, also)?.score ?? Number.NEGATIVE_INFINITY,
      // A key is found by itself, whatever its case means.
      sign.split(' ').includes(word) ? exactKey : Number.NEGATIVE_INFINITY,
    ];
    return sum + Math.max(...scores);
  }, 0);
}
const exactKey = 100;
