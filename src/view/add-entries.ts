import type {ProviderInfo} from '../core/services.ts';
import type {ViewContext} from './context.ts';
import {type Ask, newAsk, type Own, type PresetChoice} from './login-pages.ts';
import {ownAsk} from './own-pages.ts';
import {type Findable, matchingEntries} from './palette-entries.ts';

/** What "add" offers: providers that take a credential, presets of others, and what is nobody's but the user's. */

/** `isOwn`: there for whatever is not in the list. */
export type AddEntry = Findable & {ask(): Ask; isOwn?: true};

export type Addable = {
  catalogue: readonly ProviderInfo[];
  /** Ids of the providers that have a login. */
  setUp: readonly string[];
  /** Null where nobody can describe a provider. */
  presets: readonly PresetChoice[] | null;
};

/** What is not set up yet first. */
export function addEntries({catalogue, setUp, presets}: Addable, context: ViewContext): AddEntry[] {
  const {strings} = context;
  const all = catalogue.flatMap(info => (info.login === undefined ? [] : [builtIn(info, setUp, context)]));
  const own = (kind: 'service' | 'program'): AddEntry => ({
    ...ownEntry({kind}, strings.own[kind], '', context),
    isOwn: true,
  });
  return [
    ...all.filter(({sign}) => sign === ''),
    ...(presets ?? []).map(each => ownEntry({kind: 'preset', ...each}, each.title, strings.own.isPreset, context)),
    ...all.filter(({sign}) => sign !== ''),
    ...(presets === null ? [] : [own('service'), own('program')]),
  ];
}

const builtIn = (info: ProviderInfo, setUp: readonly string[], {strings}: ViewContext): AddEntry => ({
  text: info.name,
  sign: setUp.includes(info.id) ? strings.credentials.isSetUp : '',
  also: info.id,
  ask: () => newAsk(info),
});

const ownEntry = (own: Own, text: string, sign: string, {strings}: ViewContext): AddEntry => ({
  text,
  sign,
  also: own.kind === 'preset' ? own.name : `custom ${own.kind}`,
  ask: () => ownAsk(own, strings),
});

/** Those that what is typed finds, and first the one that is called just so; where there is none, what is one's own. */
export function foundIn(entries: readonly AddEntry[], typed: string): AddEntry[] {
  const name = typed.trim().toLowerCase();
  const isNamed = ({text, also}: AddEntry): boolean => [text, also].some(each => each.toLowerCase() === name);
  const found = matchingEntries(entries, typed);
  if (found.length === 0) return entries.filter(({isOwn}) => isOwn);
  return [...found.filter(isNamed), ...found.filter(entry => !isNamed(entry))];
}
