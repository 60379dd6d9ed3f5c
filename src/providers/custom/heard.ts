import type {CustomProvider} from '../../core/custom/definition.ts';
import type {Wire, WireRequest} from '../../core/provider.ts';
import {mask} from '../../core/text/redact.ts';

/** What went over a wire: the request with its secrets masked, and what came back. */
export type Heard = {
  request: {line: string; values: string[]} | null;
  response: {status: number | null; type: string | null; ms: number | null; text: string} | null;
};
/** The same wire, and what it was used for. */
export function heard(definition: CustomProvider, wire: Wire): {wire: Wire; told(): Heard} {
  const heard: Heard = {request: null, response: null};
  const timed = async <T>(work: () => Promise<T>): Promise<T & {ms: number}> => {
    const startedAt = wire.now();
    return {...(await work()), ms: Math.max(0, wire.now() - startedAt)};
  };
  return {
    told: () => heard,
    wire: {
      ...wire,
      async send(request) {
        heard.request = {line: `${request.method ?? 'GET'} ${request.url}`, values: headersOf(request, definition)};
        const response = await timed(() => wire.send(request));
        const {status, headers, text, ms} = response;
        heard.response = {status, type: headers['content-type'] ?? null, ms, text};
        return response;
      },
      async run(program, args, options) {
        heard.request = {line: ['run', program, ...args].join(' '), values: variablesOf(definition)};
        const result = await timed(() => wire.run(program, args, options));
        heard.response = {status: result.code, type: null, ms: result.ms, text: result.stdout};
        return result;
      },
    },
  };
}

const ours = ['accept', 'user-agent'];

const headersOf = ({headers = {}}: WireRequest, {http}: CustomProvider): string[] =>
  Object.entries(headers).map(
    ([name, value]) => `${name}: ${ours.includes(name) ? value : masked(value, http?.auth?.scheme)}`,
  );

const masked = (value: string, scheme = ''): string =>
  scheme !== '' && value.startsWith(`${scheme} `) ? `${scheme} ${mask(value.slice(scheme.length + 1))}` : mask(value);

/** Their names alone. */
const variablesOf = ({command}: CustomProvider): string[] =>
  [...(command?.passEnv ?? []), ...(command?.secretEnv === undefined ? [] : [command.secretEnv])].map(
    name => `$${name}`,
  );
