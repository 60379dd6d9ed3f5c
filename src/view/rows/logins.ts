import {outcomeOf} from '../../core/health.ts';
import type {AccountState} from '../../core/model.ts';
import type {CredentialRow, ProviderInfo} from '../../core/services.ts';
import {maskIdentity} from '../../core/text/redact.ts';
import {marksOf, type ViewContext} from '../context.ts';
import {cellWidth, padEnd} from '../format/cells.ts';
import {failureLine, outcomeText, remedyText} from '../format/labels.ts';
import {hideIn} from '../format/privacy.ts';
import {age, countdown} from '../format/time.ts';
import type {LoginForm} from '../login-form.ts';
import type {PresetChoice} from '../login-pages.ts';
import {blank, fitLine, type Line, span, wrapped} from './line.ts';
import type {ListHit, ListView} from './list-view.ts';
import type {FormView} from './login-ask.ts';
import {type FormInput, formView} from './login-form.ts';
import type {QuestionView} from './own-agree.ts';

/** The credentials view: every login found, and the form that adds or changes one of ours. */

export type Logins = {
  /** null until they were looked for. */
  rows: readonly CredentialRow[] | null;
  form: LoginForm | null;
  /** What is shipped for others to describe; null where nobody can describe a provider, or until it is known. */
  presets: readonly PresetChoice[] | null;
};

export type CredentialsInput = Logins &
  FormInput & {
    accounts: Readonly<Record<string, AccountState>>;
    /** Ids of providers that are switched off. */
    disabled: readonly string[];
    catalogue: readonly ProviderInfo[];
    selected: number;
  };

export const labelOf = (row: CredentialRow, privacy: boolean): string =>
  privacy ? maskIdentity(row.account.label) : row.account.label;

export function credentialsLines(
  input: CredentialsInput,
  width: number,
  context: ViewContext,
): ListView | FormView | QuestionView {
  if (input.form) return formView(input.form, input, width, context);
  const {strings} = context;
  if (input.rows === null) return {lines: [[span(strings.panel.looking, 'dim')]], selectedRow: 0, hits: []};
  if (input.rows.length === 0)
    return {
      lines: [[span(strings.credentials.none, 'dim')], blank, ...wrapped(strings.start.discovered, width, 'dim')],
      selectedRow: 0,
      hits: [],
    };
  const nameOf = (row: CredentialRow): string =>
    input.catalogue.find(info => info.id === row.account.provider)?.name ?? row.account.provider;
  const names = Math.min(Math.floor(width * 0.3), Math.max(...input.rows.map(row => cellWidth(nameOf(row)))));
  const labels = Math.min(
    Math.floor(width * 0.35),
    Math.max(...input.rows.map(row => cellWidth(labelOf(row, input.privacy)))),
  );
  const lines: Line[] = [];
  const hits: ListHit[] = [];
  let [selectedRow, selectedRows] = [0, 1];
  for (const [index, row] of input.rows.entries()) {
    const isSelected = index === input.selected;
    if (isSelected) selectedRow = lines.length;
    hits.push({row: lines.length, index});
    lines.push(rowLine(row, nameOf(row), {names, labels}, isSelected, input, width, context));
    if (isSelected) lines.push(...details(row, input, width, context));
    if (isSelected) selectedRows = lines.length - selectedRow;
  }
  return {lines, selectedRow, selectedRows, hits};
}

function rowLine(
  row: CredentialRow,
  name: string,
  cells: {names: number; labels: number},
  isSelected: boolean,
  input: CredentialsInput,
  width: number,
  context: ViewContext,
): Line {
  const marks = marksOf(context);
  const {text, tone} = answerOf(row, input, context);
  return fitLine(
    [
      span(isSelected ? `${marks.focus} ` : '  ', 'accent'),
      {
        text: padEnd(name, cells.names),
        tone: row.hidden ? 'dim' : isSelected ? 'accent' : 'text',
        ...(isSelected ? {bold: true as const} : {}),
      },
      span('  '),
      span(padEnd(labelOf(row, input.privacy), cells.labels), row.hidden ? 'dim' : 'text'),
      span('  '),
      span(text, tone),
    ],
    width,
  );
}

function answerOf(
  row: CredentialRow,
  input: CredentialsInput,
  context: ViewContext,
): {text: string; tone: 'dim' | 'ok' | 'critical'} {
  const {strings} = context;
  if (row.hidden) return {text: strings.credentials.hidden, tone: 'dim'};
  if (input.disabled.includes(row.account.provider)) return {text: strings.credentials.off, tone: 'dim'};
  const account = input.accounts[row.account.key];
  const failure = account?.failure ?? row.account.problem ?? null;
  if (failure) return {text: `${marksOf(context).failed} ${strings.failures[failure.code]}`, tone: 'critical'};
  if (!account?.reading) return {text: strings.states.noReading, tone: 'dim'};
  return {text: outcomeText(outcomeOf(account), strings), tone: 'ok'};
}

function details(row: CredentialRow, input: CredentialsInput, width: number, context: ViewContext): Line[] {
  const {strings, now} = context;
  const words = strings.credentials;
  const {account} = row;
  const source = input.privacy ? hideIn(account.source, [account.label]) : account.source;
  const expiry =
    account.expiresAt === null
      ? words.noExpiry
      : account.expiresAt <= now
        ? words.expired(age(account.expiresAt, now, strings))
        : words.expires(strings.time.in(countdown(account.expiresAt, now, strings)));
  const failure = input.accounts[account.key]?.failure ?? account.problem ?? null;
  const said = failure ? failureLine(failure, strings) : '';
  const remedy = failure?.remedy ? remedyText(failure.remedy, strings) : '';
  const texts = [
    [`${words.source} ${source}`, row.masked, expiry].filter(Boolean).join(' · '),
    row.storedId === null ? words.foreign : words.ours,
  ];
  const indent = (line: Line): Line => [span('    '), ...line];
  const rows = texts.flatMap(text => wrapped(text, width - 4, 'dim'));
  const cure =
    said === ''
      ? []
      : wrapped(input.privacy ? hideIn(said, [account.label]) : said, width - 4, remedy === '' ? 'critical' : 'text');
  return [...rows.map(indent), ...cure.map(indent), blank];
}
