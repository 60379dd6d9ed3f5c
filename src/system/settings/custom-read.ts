import type {CustomEntries, CustomEntry} from '../../core/custom/control.ts';
import {whyCustomIsOff} from '../custom/permissions.ts';
import {isRecord, parseJson, pathOf, readText} from '../files/json-store.ts';
import {reasonOf} from '../files/private-file.ts';
import {placeOf} from './check.ts';
import {checkCustom} from './custom-check.ts';

const file = (directory: string) => ({directory, name: 'config'});

/** Each definition in config.json with what is wrong with it. Throws nothing. */
export function readCustom(directory: string, builtIn: readonly string[]): CustomEntries {
  const {written, problems} = writtenIn(directory);
  const list = Array.isArray(written) ? written : [];
  const found = list.map(() => [] as string[]);
  const general = [...problems];
  const {definitions} = checkCustom(written, builtIn, (path, why) => {
    const [, at] = path;
    (typeof at === 'number' ? found[at] : undefined)?.push(`${placeOf(path, '')}: ${why}`) ??
      general.push(`${placeOf(path, '')}: ${why}`);
  });
  const entries = list.map((each, at): CustomEntry => {
    const id = isRecord(each) && typeof each.id === 'string' ? each.id : '';
    const definition = definitions.find(definition => definition.id === id) ?? null;
    return {id, definition: isFirst(list, at) ? definition : null, problems: found[at] ?? []};
  });
  return {entries, problems: general, off: entries.length === 0 ? null : whyCustomIsOff(pathOf(file(directory)))};
}

/** Of two of one id the second one is refused. */
const isFirst = (list: readonly unknown[], at: number): boolean =>
  list.findIndex(each => isRecord(each) && isRecord(list[at]) && each.id === list[at].id) === at;

function writtenIn(directory: string): {written: unknown; problems: string[]} {
  try {
    const settings = parseJson(readText(file(directory)) ?? '');
    if (isRecord(settings)) return {written: settings.customProviders, problems: []};
    return {written: undefined, problems: ['config.json: must be an object']};
  } catch (error) {
    return {written: undefined, problems: [`config.json: ${reasonOf(error)}`]};
  }
}

/** The check of one definition alone, wherever it stands. */
export function checkOne(written: unknown, builtIn: readonly string[]): CustomEntry {
  const problems: string[] = [];
  const {definitions} = checkCustom([written], builtIn, ([, , ...place], why) =>
    problems.push(`${placeOf(place, 'the definition')}: ${why}`),
  );
  const id = isRecord(written) && typeof written.id === 'string' ? written.id : '';
  return {id, definition: definitions[0] ?? null, problems};
}
