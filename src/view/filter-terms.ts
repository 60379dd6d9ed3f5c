/** The language of the filter: terms with spaces between them, all of which have to hold. Nothing that is typed is an error. */

const filterFields = ['provider', 'account', 'plan'] as const;
export type FilterField = (typeof filterFields)[number];
const filterStates = ['failed', 'ok', 'warn', 'critical', 'over', 'stale', 'unlimited', 'unknown'] as const;
export type FilterState = (typeof filterStates)[number];

export type FilterTerm = {not: boolean} & (
  | {kind: 'word'; text: string; quoted: boolean}
  | {kind: 'state'; state: FilterState; text: string}
  | {kind: 'figure'; sign: '>' | '<' | '>=' | '<='; percent: number}
  | {kind: 'field'; field: FilterField; text: string}
);

/** What fields and states are called in the language of the screen; the English names hold in all of them. */
export type FilterNames = {
  fields: Readonly<Record<FilterField, string>>;
  states: Readonly<Record<FilterState, string>>;
};

/** Text as it is compared: small, and the wide forms of `!`, `>` and `:` as the narrow ones. */
export const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();

export const termsOf = (filter: string, names: FilterNames): FilterTerm[] =>
  piecesOf(comparable(filter)).map(piece => termOf(piece, names));

// A space within quotes belongs to the term; a quote that is not closed yet holds to the end.
const piecesOf = (text: string): string[] => text.match(/(?:"[^"]*"?|[^\s"])+/g) ?? [];

function termOf(piece: string, names: FilterNames): FilterTerm {
  // '!' and '!!' alone are the marks of figures that need attention.
  const negated = /^!(?!!*$)(.*)$/s.exec(piece)?.[1];
  const term = positive(negated ?? piece, names);
  return {...term, not: negated !== undefined};
}

function positive(piece: string, names: FilterNames): FilterTerm {
  const figure = /^([<>]=?)(\d+(?:\.\d+)?)%?$/.exec(piece);
  if (figure) return {not: false, kind: 'figure', sign: signOf(figure[1]), percent: Number(figure[2])};
  const [, name = '', value = ''] = /^([^:"]+):(.*)$/s.exec(piece) ?? [];
  const field = filterFields.find(each => each === name || comparable(names.fields[each]) === name);
  if (field !== undefined && unquoted(value) !== '') return {not: false, kind: 'field', field, text: unquoted(value)};
  const state = filterStates.find(each => each === piece || comparable(names.states[each]) === piece);
  if (state !== undefined) return {not: false, kind: 'state', state, text: piece};
  return {not: false, kind: 'word', text: unquoted(piece) || piece, quoted: piece.includes('"')};
}

function signOf(text: string | undefined): '>' | '<' | '>=' | '<=' {
  const isStrict = text?.length === 1;
  if (text?.startsWith('>')) return isStrict ? '>' : '>=';
  return isStrict ? '<' : '<=';
}

const unquoted = (text: string): string => text.replaceAll('"', '');
