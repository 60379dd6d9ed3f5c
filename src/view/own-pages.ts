import type {Binding} from '../core/custom/binding.ts';
import type {PresetName} from '../core/custom/control.ts';
import type {CustomProvider} from '../core/custom/definition.ts';
import type {Sketch} from '../core/custom/sketch.ts';
import {type Ask, blankAsk, type Field, type Own, type OwnField} from './login-pages.ts';
import type {Strings} from './strings/index.ts';

/** The pages on which a provider is described that nobody built in. */

/** A definition that would do, and what goes with it. Nothing of it is kept yet. */
export type Plan = Pick<Sketch, 'isBare' | 'written'> & {
  definition: CustomProvider;
  secret: string;
  /** What is agreed to by keeping it. */
  binding: Binding | null;
  preset: PresetName | null;
};

export function ownAsk(own: Own, strings: Strings): Ask {
  const words = strings.own;
  const title = own.kind === 'preset' ? own.title : words.titles[own.kind];
  const id = own.kind === 'preset' ? `preset ${own.name}` : own.kind;
  return {...blankAsk(id, title, fieldsOf(own, words)), own};
}

type Name = keyof Strings['own']['fields'];

/** The secret comes first, as for every login. */
function fieldsOf(own: Own, words: Strings['own']): Field[] {
  const field = (name: Name, more: Partial<OwnField> = {}, hint = hintOf(name, words)): Field => ({
    kind: 'field',
    field: {name, label: words.fields[name], required: false, ...more},
    hint,
  });
  const isRequired = {required: true};
  switch (own.kind) {
    case 'service':
      return [
        field('key', isHidden),
        ...[field('name', isRequired), field('url', isRequired)],
        ...serviceFields.map(name => field(name)),
        field('resetAs', {values: resetForms}),
      ];
    case 'program':
      return [
        field('key', isHidden),
        ...[field('name', isRequired), field('run', isRequired)],
        ...[field('args'), field('secretEnv')],
      ];
    case 'preset': {
      const {address, variable} = own;
      const key =
        variable === null
          ? field('key', {...isHidden, ...isRequired})
          : field('key', isHidden, words.hints.insteadOf(variable));
      return [key, ...(address === null ? [] : [field('url', isRequired, words.hints.such(address))])];
    }
  }
}

const isHidden = {secret: true} as const;
const hintOf = (name: Name, words: Strings['own']): string =>
  name === 'name' || name === 'resetAs' ? '' : words.hints[name];
const serviceFields = ['env', 'header', 'limit', 'used', 'left', 'most', 'unit', 'divideBy', 'reset'] as const;
const resetForms = ['iso', 's', 'ms', 'in-seconds', 'utc-day', 'utc-week', 'utc-month'];

/** Which field a complaint of the settings' check is about, by the place that it names. */
export function fieldFor({fields}: Ask, problem: string): Field | undefined {
  const [, name] = places.find(([place]) => place.test(problem)) ?? [];
  return fields.find(each => each.kind === 'field' && each.field.name === name);
}

const places: readonly [RegExp, string][] = [
  [/^http\.url|the address/, 'url'],
  [/auth\.header/, 'header'],
  [/auth/, 'env'],
  [/^(?:windows|amounts)\[0\]\.id/, 'limit'],
  [/\.unit/, 'unit'],
  [/\.resetsAt/, 'reset'],
  [/\.limit/, 'most'],
  [/divideBy/, 'divideBy'],
  [/\.remaining/, 'left'],
  [/^(?:windows|amounts)/, 'used'],
  [/secretEnv/, 'secretEnv'],
  [/^(?:command|run)/, 'run'],
  [/^url/, 'url'],
  [/^(?:name|id)/, 'name'],
];
