import {customId} from '../../core/custom/definition.ts';
import {isRecord, parseJson, readText} from '../files/json-store.ts';
import {ignoreErrors} from '../files/private-file.ts';
import {homeOf, pathsOf, relativePlaces} from '../paths.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The names by which the user calls providers of their own, also broken ones: for the command line. Throws nothing. */
export function customIdsIn(env: Environment, platform: string): string[] {
  // A place that depends on the working directory is refused later, with a message.
  if (relativePlaces(env, platform).own.length > 0) return [];
  const {configDirectory} = pathsOf(env, platform, homeOf(env, platform));
  const text = ignoreErrors(() => readText({directory: configDirectory, name: 'config'}), null);
  const settings = ignoreErrors(() => parseJson(text ?? ''), {});
  const list: unknown[] = isRecord(settings) && Array.isArray(settings.customProviders) ? settings.customProviders : [];
  return list.flatMap(each =>
    isRecord(each) && typeof each.id === 'string' && customId.test(each.id) ? [each.id] : [],
  );
}
