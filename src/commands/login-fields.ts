import type {ProviderInfo} from '../core/services.ts';
import {nearest} from '../core/text/nearest.ts';
import {type Revealing, revealing, revealingName} from '../core/text/reveal.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {UsageError} from './args/parse.ts';
import {answered, ask, askHidden} from './prompt.ts';

/** The fields beside a secret: from the command line, and from answers. */

type Fields = NonNullable<ProviderInfo['login']>['fields'];
type Field = Fields[number];

/** `--field tier=pro,username=octocat` */
export function fieldsOf(text: string, known: Fields): Record<string, string> {
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

function requireField(name: string, value: string, known: Fields): void {
  const field = known.find(field => field.name === name);
  if (field === undefined)
    throw new UsageError(
      `there is no field "${sanitize(name, 30)}" (${known.map(({name}) => name).join(', ') || 'this provider has none'})`,
    );
  if (field.secret)
    throw new UsageError(
      `${field.label}: do not put it on the command line, where others could read it; you will be prompted`,
    );
  if (value === '') throw new UsageError(`"${sanitize(name, 30)}" needs a value: --field ${sanitize(name, 30)}=…`);
  const problem = notAllowed(field, value);
  if (problem !== null) throw new UsageError(problem);
}

function notAllowed({name, values}: Field, value: string): string | null {
  if (values === undefined || values.includes(value)) return null;
  const near = nearest(value, values);
  return `${name} must be one of ${values.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

/** What stands in a name or a field is shown; the mistake is named without repeating it. */
export function requireShowable(
  label: string | undefined,
  fields: Record<string, string>,
  secrets: readonly string[],
): void {
  const shown = [
    ...(label === undefined ? [] : [{place: '--label', why: revealingName(label, secrets)}]),
    ...Object.entries(fields).map(([name, text]) => ({place: `--field ${name}`, why: revealing(text, secrets)})),
  ];
  for (const {place, why} of shown) if (why !== null) throw new UsageError(`${place} ${whyNotShown[why]}`);
}

const whyNotShown: Record<Revealing, string> = {
  'is-secret': 'is shown on screen: do not put the secret there',
  'looks-secret': 'is shown on screen, and this looks like a secret',
};

/** Asks for the fields that were not given. */
export async function withAnswers(
  known: Fields,
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
  if (answer === '') return field.required ? `${field.label} is required` : null;
  const why = field.secret ? null : revealing(answer, secrets);
  return why === null ? notAllowed(field, answer) : `${field.label} ${whyNotShown[why]}`;
}
