import type {LoginDraft, ProviderInfo, Services} from '../core/services.ts';
import {settingsOf} from '../core/settings.ts';
import {nearest} from '../core/text/nearest.ts';
import {revealingName} from '../core/text/reveal.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {usualKeys} from '../view/rows/absence.ts';
import {en} from '../view/strings/en.ts';
import type {Asked} from './args/parse.ts';
import {UsageError} from './args/parse.ts';
import {fieldsOf, requireShowable, withAnswers} from './login-fields.ts';
import {complain, print, reasonOf} from './output.ts';
import {servicesFor, timeoutMsOf} from './program.ts';
import {answered, ask, askHidden, isInterrupt, readPiped} from './prompt.ts';

const verifyTimeoutMs = 30_000;

/** Stores a credential: asks with hidden input, or reads it from standard input when that is piped. */
export async function runLogin(asked: Asked): Promise<number> {
  const services = await servicesFor(asked, {ledger: false});
  try {
    const provider = await providerFor(asked.argument, services);
    const draft = await draftFor(provider, asked);
    const refusal = asked.has('no-verify')
      ? null
      : await services.credentials.verify(draft, timeoutMsOf(asked, verifyTimeoutMs));
    if (refusal !== null) return complain(`not stored: ${refusal}. (Use --no-verify to store it anyway.)`, 1);
    const trouble = await services.credentials.add(draft).then(() => null, reasonOf);
    if (trouble !== null) return complain(`not stored: ${services.redact(trouble)}`, 1);
    const {settings} = services.settings.store.get();
    if (!settingsOf(settings, provider.id).enabled) complain(en.start.off(provider.name, 1, usualKeys.settings));
    const place = draft.keychain ? ' in the keychain' : '';
    return await print(
      `Stored for ${provider.name}${place}. "mystatus-tui accounts" lists it, "mystatus-tui logout" removes it.\n`,
    );
  } catch (error) {
    if (isInterrupt(error)) return 130;
    throw error;
  } finally {
    await services.close();
  }
}

async function providerFor(argument: string | undefined, services: Services): Promise<ProviderInfo> {
  const choices = services.catalogue.filter(({login}) => login !== undefined);
  const named = choices.find(({id}) => id === argument);
  if (named !== undefined) return named;
  const other = services.catalogue.find(({id}) => id === argument);
  if (other !== undefined)
    throw new UsageError(
      `${other.name} takes no stored login; see where its logins are found: accounts --provider ${other.id}`,
    );
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
  const said = answer.length > longestName || revealingName(answer, []) !== null ? '' : ` "${sanitize(answer)}"`;
  return `unknown provider${said}; ${near === undefined ? `one of ${ids.join(', ')}` : `did you mean ${near}?`}`;
}

type Form = NonNullable<ProviderInfo['login']>;

/** The secret first: what is pasted at once must not become the answer to a question that is shown. */
async function draftFor({id, login, name}: ProviderInfo, asked: Asked): Promise<LoginDraft> {
  const form = login ?? {secret: 'credential', fields: []};
  const label = asked.text('label');
  const given = fieldsOf(asked.text('field') ?? '', form.fields);
  requireShowable(label, given, []);
  if (form.boundTo !== undefined) complain(`${name}: this credential will be given to ${form.boundTo} only.`);
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
    ...(label === undefined ? {} : {label: sanitize(label, 60)}),
    ...(asked.has('keychain') ? {keychain: true} : {}),
  };
}

const oneLine = ({secret}: Form): string => `several lines were given: enter only the ${secret}, on one line`;

const typedSecret = (question: string, form: Form): Promise<string> =>
  answered(
    () => askHidden(question),
    ({line, isOne}) => {
      if (!isOne) return {problem: oneLine(form)};
      const secret = line.trim();
      return secret === '' ? {problem: `no ${form.secret} given`} : {answer: secret};
    },
  );

async function pipedSecret(form: Form): Promise<string> {
  const secret = (await readPiped()).trim();
  if (secret === '') throw new UsageError(`no ${form.secret} given`);
  if (/[\r\n]/.test(secret)) throw new UsageError(oneLine(form));
  return secret;
}
