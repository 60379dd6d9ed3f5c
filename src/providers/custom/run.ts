import type {CommandSource, CustomProvider} from '../../core/custom/definition.ts';
import {type CustomGate, expanded} from '../../core/custom/gate.ts';
import {ProviderError, type Reading} from '../../core/model.ts';
import type {RunResult, Wire} from '../../core/provider.ts';
import {revealingName} from '../../core/text/reveal.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {requireOurs} from '../shared/vendor-program.ts';
import {outputSchema, parseOutput} from './output.ts';

/** The most that a program may print: 256 KiB. */
const mostOutput = 262_144;

/** One run of the program. `stored`: the credential that `login` stored. Throws only `ProviderError`. */
export async function runReading(
  {id, command}: CustomProvider & {command: CommandSource},
  stored: string | undefined,
  gate: CustomGate,
  wire: Wire,
): Promise<Reading> {
  const {home} = gate;
  const [program, ...args] = command.run;
  const env = environmentOf(command, stored, gate);
  for (const secret of secretsIn(command, env)) wire.protect(secret);
  const result = await wire.run(expanded(program, home), args, {
    timeoutMs: command.timeoutSeconds * 1000,
    env,
    cwd: home,
    outputCap: mostOutput + 1,
  });
  return parseOutput(printed(result, {id, program, timeoutSeconds: command.timeoutSeconds}), wire.now());
}

type Run = {id: string; program: string; timeoutSeconds: number};

/** What it printed, if it ended well. */
function printed(result: RunResult, {id, program, timeoutSeconds}: Run): string {
  const {code, stdout, stderr, timedOut, refused} = result;
  requireOurs(result, id, program);
  if (refused === 'not-startable')
    throw new ProviderError('bad_response', {
      detail: `${id}: ${program} cannot be started`,
      remedy: {code: 'fix-file', name: program},
    });
  // It was ended for that.
  if (new TextEncoder().encode(stdout).length > mostOutput)
    throw new ProviderError('bad_response', {detail: 'it printed more than 256 KiB'});
  if (timedOut) throw new ProviderError('timeout', {detail: `it did not end within ${timeoutSeconds} s`});
  if (code !== 0) throw new ProviderError('server_error', {detail: endOf(code, stderr)});
  return stdout;
}

function endOf(code: number | null, stderr: string): string {
  const how = code === null ? 'was ended by a signal' : `exited with ${code}`;
  const last = sanitize(stderr.trim().split(/\r?\n/).at(-1) ?? '', 80);
  return last === '' ? how : `${how}: ${last}`;
}

const usual = /^(?:PATH|HOME|USER|LANG|TZ|TMPDIR|LC_.*|XDG_.*)$|^(?:https?|all|no)_proxy$/;
// Names have no case there.
const usualOnWindows =
  /^(?:PATH|PATHEXT|HOME|USER|LANG|TZ|TMPDIR|LC_.*|XDG_.*|(?:HTTPS?|ALL|NO)_PROXY|SYSTEMROOT|TEMP|(?:LOCAL)?APPDATA|USERPROFILE)$/i;

/** Nothing else of our environment is the program's business. */
function environmentOf(
  {passEnv, secretEnv}: CommandSource,
  stored: string | undefined,
  {env, platform}: CustomGate,
): Record<string, string> {
  const isUsual = (name: string): boolean =>
    platform === 'win32' ? usualOnWindows.test(name) : usual.test(name) || usual.test(name.toLowerCase());
  const isPassed = (name: string): boolean => passEnv.includes(name) || isUsual(name);
  const passed = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && isPassed(entry[0]),
  );
  return {
    ...Object.fromEntries(passed),
    ...(secretEnv !== undefined && stored !== undefined && {[secretEnv]: stored}),
    MYSTATUS_PROVIDER_SCHEMA: outputSchema,
  };
}

const secretName =
  /KEY|TOKEN|SECRET|PASS|AUTH|CRED|SESSION|COOKIE|PRIVATE|BEARER|(?:^|_)(?:PW|PIN|PAT|DSN|JWT|SID|OTP)(?:_|$)|_PWD(?:_|$)/;

/** Of what is handed over, what is a secret by its name or its form, a proxy's password too: a region or a user's name is none. */
const secretsIn = ({passEnv}: CommandSource, handed: Record<string, string>): string[] =>
  Object.entries(handed).flatMap(([name, value]) => {
    const isSecret = passEnv.includes(name) && (secretName.test(name) || revealingName(value, []) !== null);
    return isSecret ? [value, ...passwordIn(value)] : passwordIn(value);
  });

/** `https://user:password@host`, as it is written and as it is meant. */
function passwordIn(value: string): string[] {
  const password = URL.canParse(value) ? new URL(value).password : '';
  return password === '' ? [] : [password, new URLSearchParams(`p=${password.replaceAll('+', '%2B')}`).get('p') ?? ''];
}
