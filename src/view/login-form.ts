import type {ProviderInfo} from '../core/program.ts';

/** The form of the credentials view, as data. The secret is in it, and is never drawn. */

export type LoginForm =
  /** Which provider; `choice` counts in those that take a stored credential. */
  | {step: 'provider'; choice: number}
  /** One of the fields beside the secret, or the label. */
  | {step: 'field'; provider: string; index: number; fields: Record<string, string>; text: string; complaint: boolean}
  | {step: 'label'; provider: string; fields: Record<string, string>; text: string}
  | {
      step: 'secret';
      provider: string;
      fields: Record<string, string>;
      label: string;
      secret: string;
      storedId: string | null;
      complaint: boolean;
    }
  | {
      step: 'checking';
      provider: string;
      fields: Record<string, string>;
      label: string;
      secret: string;
      storedId: string | null;
    }
  | {
      step: 'refused';
      provider: string;
      fields: Record<string, string>;
      label: string;
      secret: string;
      storedId: string | null;
      why: string;
    }
  | {step: 'rename'; storedId: string; text: string}
  | {step: 'remove'; storedId: string; label: string};

export type FormEvent = {type: 'text'; text: string} | {type: 'erase'} | {type: 'next'} | {type: 'move'; by: 1 | -1};

const longest = 4096;

/** The form after a key. What has to be done outside (checking, keeping) is decided by the step it arrives at. */
export function reduceForm(form: LoginForm, event: FormEvent, providers: readonly ProviderInfo[]): LoginForm {
  switch (event.type) {
    case 'text':
      return withText(form, text => (text + event.text).slice(0, longest));
    case 'erase':
      return withText(form, text => [...text].slice(0, -1).join(''));
    case 'move':
      return movedChoice(form, event.by, providers);
    case 'next':
      return nextStep(form, providers);
  }
}

function withText(form: LoginForm, change: (text: string) => string): LoginForm {
  switch (form.step) {
    case 'secret':
      return {...form, secret: change(form.secret), complaint: false};
    case 'field':
      return {...form, text: change(form.text), complaint: false};
    case 'label':
    case 'rename':
      return {...form, text: change(form.text)};
    case 'provider':
    case 'checking':
    case 'refused':
    case 'remove':
      return form;
  }
}

function movedChoice(form: LoginForm, by: 1 | -1, providers: readonly ProviderInfo[]): LoginForm {
  if (form.step === 'provider') return {...form, choice: (form.choice + by + providers.length) % providers.length};
  if (form.step !== 'field') return form;
  const values = fieldsOf(providers, form.provider)[form.index]?.values;
  if (!values || values.length === 0) return form;
  const at = values.indexOf(form.text);
  return {...form, text: values[(at + by + values.length) % values.length] ?? '', complaint: false};
}

export const fieldsOf = (providers: readonly ProviderInfo[], provider: string) =>
  providers.find(info => info.id === provider)?.login?.fields ?? [];

function nextStep(form: LoginForm, providers: readonly ProviderInfo[]): LoginForm {
  switch (form.step) {
    case 'provider': {
      const provider = providers[form.choice]?.id;
      return provider === undefined ? form : fieldStep(provider, 0, {}, providers);
    }
    case 'field':
      return afterField(form, providers);
    case 'label':
      return {
        step: 'secret',
        provider: form.provider,
        fields: form.fields,
        label: form.text.trim(),
        secret: '',
        storedId: null,
        complaint: false,
      };
    case 'secret':
      if (form.secret.trim() === '') return {...form, secret: '', complaint: true};
      return {
        step: 'checking',
        provider: form.provider,
        fields: form.fields,
        label: form.label,
        secret: form.secret.trim(),
        storedId: form.storedId,
      };
    case 'checking':
    case 'refused':
    case 'rename':
    case 'remove':
      return form;
  }
}

function fieldStep(
  provider: string,
  index: number,
  fields: Record<string, string>,
  providers: readonly ProviderInfo[],
): LoginForm {
  const field = fieldsOf(providers, provider)[index];
  if (!field) return {step: 'label', provider, fields, text: ''};
  return {step: 'field', provider, index, fields, text: '', complaint: false};
}

function afterField(form: Extract<LoginForm, {step: 'field'}>, providers: readonly ProviderInfo[]): LoginForm {
  const field = fieldsOf(providers, form.provider)[form.index];
  const text = form.text.trim();
  const allowed = !field?.values || text === '' || field.values.includes(text);
  if (field && ((field.required && text === '') || !allowed)) return {...form, complaint: true};
  const fields = field && text !== '' ? {...form.fields, [field.name]: text} : form.fields;
  return fieldStep(form.provider, form.index + 1, fields, providers);
}
