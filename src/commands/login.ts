import type {Asked} from '../command-line/parse.ts';
import {UsageError} from '../command-line/parse.ts';
import {nearest} from '../core/nearest.ts';
import type {LoginDraft, Program, ProviderInfo} from '../core/program.ts';
import {type Revealing, revealing, revealingName} from '../core/reveal.ts';
import {settingsOf} from '../core/settings.ts';
import {clean} from '../core/text.ts';
import {usualKeys} from '../view/absence.ts';
import {en} from '../view/strings/en.ts';
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
    const {settings} = program.settings.store.get();
    if (!settingsOf(settings, provider.id).enabled) complain(en.start.off(provider.name, 1, usualKeys.settings));
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
  process.stderr.write(`${choices.map(({name, id}, at) => `  ${at + 1}  ${name} (${id})`).join('\n')}\n`);
  return answered(
    async () => (await ask('Which provider? ')).trim().toLowerCase(),
    answer => {
      const chosen = choices[Number(answer) - 1] ?? choices.find(({id}) => id === answer);
      return chosen === undefined ? {problem: noProvider(answer, choices)} : {answer: chosen};
    },
  );
}

const longestName = 20;

function noProvider(answer: string, choices: readonly ProviderInfo[]): string {
  const ids = choices.map(({id}) => id);
  const near = nearest(answer, ids);
  // A key pasted here was shown once already: that is enough.
  const said =
    answer.length > longestName || revealingName(answer, []) !== null ? ' of that name' : ` "${clean(answer)}"`;
  return `there is no provider${said}; ${near === undefined ? `one of ${ids.join(', ')}` : `did you mean ${near}?`}`;
}

/** Asks until the answer will do; what is wrong with it is said each time. */
async function answered<Raw, Answer>(
  question: () => Promise<Raw>,
  judge: (raw: Raw) => {answer: Answer} | {problem: string},
): Promise<Answer> {
  for (;;) {
    const verdict = judge(await question());
    if ('answer' in verdict) return verdict.answer;
    complain(verdict.problem);
  }
}

type Form = NonNullable<ProviderInfo['login']>;
type Field = Form['fields'][number];

/** The secret first: what is pasted at once must not become the answer to a question that is shown. */
async function draftFor({id, login, name}: ProviderInfo, asked: Asked): Promise<LoginDraft> {
  const form = login ?? {secret: 'credential', fields: []};
  const label = asked.text('label');
  const given = fieldsOf(asked.text('field') ?? '', form.fields);
  requireShowable(label, given, []);
  const isTyped = process.stdin.isTTY === true;
  const secret = isTyped ? await typedSecret(`${name}, ${form.secret} (not shown): `, form) : await pipedSecret(form);
  requireShowable(label, given, [secret]);
  const fields = isTyped ? await withAnswers(form.fields, given, secret) : given;
  for (const field of form.fields)
    if (field.required && !fields[field.name]) throw new UsageError(`login ${id} needs --field ${field.name}=…`);
  return {
    provider: id,
    secret,
    fields,
    ...(label === undefined ? {} : {label: clean(label, 60)}),
    ...(asked.has('keychain') ? {keychain: true} : {}),
  };
}

const oneLine = ({secret}: Form): string => `several lines were given: paste one line, the ${secret} alone`;

const typedSecret = (question: string, form: Form): Promise<string> =>
  answered(
    () => askHidden(question),
    ({line, isOne}) => {
      if (!isOne) return {problem: oneLine(form)};
      const secret = line.trim();
      return secret === '' ? {problem: `no ${form.secret} was given`} : {answer: secret};
    },
  );

async function pipedSecret(form: Form): Promise<string> {
  const secret = (await readPiped()).trim();
  if (secret === '') throw new UsageError(`no ${form.secret} was given`);
  if (/[\r\n]/.test(secret)) throw new UsageError(oneLine(form));
  return secret;
}

/** `--field tier=pro,username=octocat` */
function fieldsOf(text: string, known: Form['fields']): Record<string, string> {
  const pairs = text
    .split(',')
    .filter(Boolean)
    .map(pair => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim(), value.join('=').trim()] as const;
    });
  for (const [name, value] of pairs) requireField(name, value, known);
  return Object.fromEntries(pairs);
}

function requireField(name: string, value: string, known: Form['fields']): void {
  const field = known.find(field => field.name === name);
  if (field === undefined)
    throw new UsageError(
      `there is no field "${clean(name, 30)}" (${known.map(({name}) => name).join(', ') || 'this provider has none'})`,
    );
  if (field.secret)
    throw new UsageError(`${field.label}: not on the command line, where others could read it; it is asked for`);
  if (value === '') throw new UsageError(`"${clean(name, 30)}" needs a value: --field ${clean(name, 30)}=…`);
  const problem = notAllowed(field, value);
  if (problem !== null) throw new UsageError(problem);
}

function notAllowed({name, values}: Field, value: string): string | null {
  if (values === undefined || values.includes(value)) return null;
  const near = nearest(value, values);
  return `${name} must be one of ${values.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

/** What stands in a name or a field is shown; the mistake is named without repeating it. */
function requireShowable(label: string | undefined, fields: Record<string, string>, secrets: readonly string[]): void {
  const shown = [
    ...(label === undefined ? [] : [{place: '--label', why: revealingName(label, secrets)}]),
    ...Object.entries(fields).map(([name, text]) => ({place: `--field ${name}`, why: revealing(text, secrets)})),
  ];
  for (const {place, why} of shown) if (why !== null) throw new UsageError(`${place} ${whyNotShown[why]}`);
}

const whyNotShown: Record<Revealing, string> = {
  'is-secret': 'is shown on the screen: the secret must not stand there',
  'looks-secret': 'is shown on the screen, and this looks like a secret',
};

/** Asks for the fields that were not given. */
async function withAnswers(
  known: Form['fields'],
  given: Record<string, string>,
  secret: string,
): Promise<Record<string, string>> {
  const fields = {...given};
  for (const field of known) {
    if (fields[field.name] !== undefined) continue;
    const answer = await answerFor(field, [secret]);
    if (answer !== '') fields[field.name] = answer;
  }
  return fields;
}

function answerFor(field: Field, secrets: readonly string[]): Promise<string> {
  const choices = field.values === undefined ? '' : ` [${field.values.join(', ')}]`;
  const question = `${field.label}${choices}${field.required ? '' : ' (Enter: none)'}: `;
  return answered(
    async () => (field.secret ? (await askHidden(question)).line : await ask(question)).trim(),
    answer => {
      const problem = answerProblem(field, answer, secrets);
      return problem === null ? {answer} : {problem};
    },
  );
}

function answerProblem(field: Field, answer: string, secrets: readonly string[]): string | null {
  if (answer === '') return field.required ? `${field.label} is needed` : null;
  const why = field.secret ? null : revealing(answer, secrets);
  return why === null ? notAllowed(field, answer) : `${field.label} ${whyNotShown[why]}`;
}
