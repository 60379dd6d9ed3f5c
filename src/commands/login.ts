import type {Asked} from '../command-line/parse.ts';
import {UsageError} from '../command-line/parse.ts';
import type {LoginDraft, Program, ProviderInfo} from '../core/program.ts';
import {clean} from '../core/text.ts';
import {complain, print, reasonOf} from './output.ts';
import {programFor, timeoutMsOf} from './program.ts';
import {ask, askHidden, isInterrupt, readPiped} from './prompt.ts';

const verifyTimeoutMs = 30_000;

/** Stores a credential: asks with hidden input, or reads it from standard input when that is piped. */
export async function runLogin(asked: Asked): Promise<number> {
  const program = await programFor(asked, {ledger: false});
  try {
    const provider = await providerFor(asked.argument, program);
    const draft = await draftFor(provider, asked);
    const refusal = asked.has('no-verify')
      ? null
      : await program.credentials.verify(draft, timeoutMsOf(asked, verifyTimeoutMs));
    if (refusal !== null) return complain(`not stored: ${refusal}. (--no-verify stores it all the same.)`, 1);
    const trouble = await program.credentials.add(draft).then(() => null, reasonOf);
    if (trouble !== null) return complain(`not stored: ${program.redact(trouble)}`, 1);
    const place = draft.keychain ? ' in the keychain' : '';
    return await print(
      `Stored for ${provider.name}${place}. "mystatus-tui accounts" lists it, "mystatus-tui logout" forgets it.\n`,
    );
  } catch (error) {
    if (isInterrupt(error)) return 130;
    throw error;
  } finally {
    await program.close();
  }
}

async function providerFor(argument: string | undefined, program: Program): Promise<ProviderInfo> {
  const choices = program.catalogue.filter(({login}) => login !== undefined);
  const named = choices.find(({id}) => id === argument);
  if (named !== undefined) return named;
  if (!process.stdin.isTTY) throw new UsageError('login needs a provider when its input is piped: login <provider>');
  const list = choices.map(({name, id}, at) => `  ${at + 1}  ${name} (${id})`).join('\n');
  const answer = (await ask(`${list}\nWhich provider? `)).trim().toLowerCase();
  const chosen = choices[Number(answer) - 1] ?? choices.find(({id}) => id === answer);
  if (chosen === undefined) throw new UsageError(`there is no provider "${clean(answer, 20)}"`);
  return chosen;
}

async function draftFor({id, login, name}: ProviderInfo, asked: Asked): Promise<LoginDraft> {
  const form = login ?? {secret: 'credential', fields: []};
  const given = fieldsOf(asked.text('field') ?? '', form.fields);
  const fields = process.stdin.isTTY ? await missingFields(form.fields, given) : given;
  for (const field of form.fields)
    if (field.required && !fields[field.name]) throw new UsageError(`login ${id} needs --field ${field.name}=…`);
  const secret = (
    process.stdin.isTTY ? await askHidden(`${name}, ${form.secret} (not shown): `) : await readPiped()
  ).trim();
  if (secret === '') throw new UsageError(`no ${form.secret} was given`);
  const label = asked.text('label');
  return {
    provider: id,
    secret,
    fields,
    ...(label === undefined ? {} : {label: clean(label, 60)}),
    ...(asked.has('keychain') ? {keychain: true} : {}),
  };
}

type Fields = NonNullable<ProviderInfo['login']>['fields'];

/** `--field tier=pro,username=octocat` */
function fieldsOf(text: string, known: Fields): Record<string, string> {
  const pairs = text
    .split(',')
    .filter(Boolean)
    .map(pair => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim(), value.join('=').trim()] as const;
    });
  for (const [name, value] of pairs) {
    const field = known.find(field => field.name === name);
    if (field === undefined)
      throw new UsageError(
        `there is no field "${clean(name, 30)}" (${known.map(({name}) => name).join(', ') || 'this provider has none'})`,
      );
    if (field.secret)
      throw new UsageError(`${field.label}: not on the command line, where others could read it; it is asked for`);
    if (value === '') throw new UsageError(`"${clean(name, 30)}" needs a value: --field ${clean(name, 30)}=…`);
    requireValue(field, value);
  }
  return Object.fromEntries(pairs);
}

function requireValue({name, values}: Fields[number], value: string): void {
  if (values !== undefined && !values.includes(value))
    throw new UsageError(`${name} must be one of ${values.join(', ')}`);
}

async function missingFields(known: Fields, given: Record<string, string>): Promise<Record<string, string>> {
  const fields = {...given};
  for (const field of known) {
    if (fields[field.name] !== undefined) continue;
    const choices = field.values === undefined ? '' : ` [${field.values.join(', ')}]`;
    const question = `${field.label}${choices}${field.required ? '' : ' (Enter: none)'}: `;
    const answer = (field.secret ? await askHidden(question) : await ask(question)).trim();
    if (answer === '') continue;
    requireValue(field, answer);
    fields[field.name] = answer;
  }
  return fields;
}
