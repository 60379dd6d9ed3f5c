import type {Failure} from '../model.ts';
import type {Machine} from '../provider.ts';
import type {CustomProvider} from './definition.ts';

/** What stands between a definition and the secrets and programs that it names. */
export type CustomGate = {
  env: Machine['env'];
  platform: string;
  home: string;
  /** Null when its request may be sent, or its program run; else why not. */
  refusalOf(definition: CustomProvider): Promise<Failure | null>;
};

/** Whether somebody must have agreed to it: it takes a secret out of the environment, or runs a program. */
export const needsTrust = ({http, command}: CustomProvider): boolean =>
  command !== undefined || http?.auth?.env !== undefined;

/** `~/bin/gauge` below this home directory. */
export const expanded = (path: string, home: string): string => path.replace(/^~(?=\/)/, home);

type Refusal = NonNullable<Failure['refused']>;

/** `detail` says it in English, as the screen does in the user's language. */
export const refusal = (refused: Refusal, remedy: Failure['remedy'] = null): Failure => ({
  code: 'no_credentials',
  detail: `${refused.name}: ${inEnglish(refused)}`,
  retryAt: null,
  remedy,
  refused,
});

function inEnglish({code, place = ''}: Refusal): string {
  switch (code) {
    case 'not-trusted':
      return 'not trusted yet; nothing was sent';
    case 'not-trusted-program':
      return 'not trusted yet; nothing was run';
    case 'given-elsewhere':
      return `the key was given for ${place || 'another address'}; log in again`;
    case 'not-set':
      return `$${place} is not set`;
    case 'writable':
      return `${place} can be written by others; it was not run`;
    case 'foreign':
      return `${place} belongs to another user; it was not run`;
  }
}
