import {sanitize} from './sanitize.ts';
import {createSecretRuns, joined, type Range, tellingRun} from './secret-runs.ts';
import {unicodePattern} from './unicode-pattern.ts';

/**
 * The one place that keeps secrets out of words: whatever is said passes through here. Clean first, then redact: an
 * invisible character in the middle of an echoed token would hide it from a redactor that came first, and be gone after.
 */
export type Redactor = {
  /** From now on this text is a secret. Short texts are ignored: replacing them would garble ordinary words. */
  protect(secret: string): void;
  /**
   * The same for a secret of a login, which is told again as long as it is used. Logins are renewed every hour: of those that
   * were told longest ago, the ones beyond some thousands are forgotten.
   */
  protectLogin(secret: string): void;
  /**
   * The text without any known secret — as it is, percent-encoded, escaped as in JSON, cut short by `clean`'s ellipsis, made
   * into a name (other case, other marks, cut), twelve characters of it, also inside base64 or hex — and without anything
   * that looks like a token of a known kind.
   */
  redact(text: string): string;
};

export const redacted = '[redacted]';
const shortestSecret = 6;

// Prefixes by which the services mark their tokens, JWTs, and `{32 hex}.{secret}` keys of Zhipu and Z.ai. `at-` also
// begins English phrases, so there a digit must follow.
const looksSecret =
  /\b(?:gh[opusr]_|github_pat_|sk-|rt_|ya29\.|1\/\/|GOCSPX-|tid=)[\w\-./~+=]{6,}|\bat-(?=[\w-]*\d)[\w-]{12,}|\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?|\b[0-9a-f]{32}\.[\w-]{6,}|\bBearer\s+[\w\-.~+/=]{8,}/gi;

// Of each of 500 accounts a key, a token and what renews it.
const mostLogins = 2500;

export function createRedactor(): Redactor {
  const lasting = createSecrets();
  let [recent, older] = [createSecrets(), createSecrets()];
  return {
    protect: lasting.add,
    protectLogin(secret) {
      if (lasting.known.has(secret) || recent.known.has(secret)) return;
      if (recent.known.size >= mostLogins) [recent, older] = [createSecrets(), recent];
      recent.add(secret);
    },
    redact(text) {
      const all = [lasting, recent, older];
      let safe = without(text, joined(all.flatMap(secrets => secrets.find(text))));
      // A secret may be part of another.
      const short = all.flatMap(secrets => [...secrets.short]);
      for (const secret of short.sort((a, b) => b.length - a.length)) safe = safe.replaceAll(secret, redacted);
      return withoutCutSecrets(
        safe,
        all.map(({starts}) => starts),
      ).replace(looksSecret, redacted);
    },
  };
}

/** Secrets, and what finds them in a text. */
function createSecrets() {
  const known = new Set<string>();
  const runs = createSecretRuns();
  const beginnings: Beginnings = new Map();
  const short = new Set<string>();
  const starts = new Set<string>();
  return {
    known,
    short,
    starts,
    add(secret: string): void {
      if (secret.length < shortestSecret || known.has(secret)) return;
      known.add(secret);
      for (const form of spellings(secret)) {
        runs.add(form);
        if (form.length < tellingRun) short.add(form);
        starts.add(form.slice(0, tellingRun - 1));
      }
      remember(beginnings, secret);
    },
    find: (text: string): Range[] => [...runs.find(text), ...namesIn(text, beginnings)],
  };
}

function without(text: string, ranges: readonly Range[]): string {
  const starts = [0, ...ranges.map(({to}) => to)];
  return starts.map((start, at) => text.slice(start, ranges[at]?.from)).join(redacted);
}

/** The ways in which a service may echo a secret. `toWellFormed` because a lone surrogate cannot be encoded. */
function spellings(secret: string): string[] {
  const encoded = encodeURIComponent(secret.toWellFormed());
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const lowerHex = [encoded, inForm].map(text => text.replace(/%../g, hex => hex.toLowerCase()));
  const bytes = Array.from(new TextEncoder().encode(secret), byte => String.fromCharCode(byte)).join('');
  const escaped = [inJson, inJson.replaceAll('/', '\\/')];
  const all = new Set([secret, encoded, inForm, ...lowerHex, ...escaped, bytes, sanitize(secret, 16_384)]);
  return [...all].filter(text => text.length >= shortestSecret);
}

/** Shortening may cut through a secret: what stands before an ellipsis and begins a secret (`starts`) is part of one. */
function withoutCutSecrets(text: string, starts: readonly ReadonlySet<string>[]): string {
  const pieces = text.split('…');
  const last = pieces.pop() ?? '';
  return [...pieces.map(piece => withoutBeginning(piece, starts)), last].join('…');
}

function withoutBeginning(piece: string, starts: readonly ReadonlySet<string>[]): string {
  for (let length = Math.min(tellingRun - 1, piece.length); length >= shortestSecret; length--) {
    const end = piece.slice(-length);
    if (starts.some(those => [...those].some(start => start.startsWith(end))))
      return piece.slice(0, -length) + redacted;
  }
  return piece;
}

/** Letters and digits of secrets in lower case, by the first of them. */
type Beginnings = Map<string, string[]>;

// Of an echoed secret a provider may make the name of a plan or a pool. By this many letters and digits it is recognised
// whatever became of case and marks; ordinary words do not begin so.
const tellingLetters = 12;

function remember(beginnings: Beginnings, secret: string): void {
  const letters = secret.replace(/[^a-z\d]/gi, '').toLowerCase();
  const beginning = letters.slice(0, tellingLetters);
  if (beginning.length === tellingLetters) beginnings.set(beginning, [...(beginnings.get(beginning) ?? []), letters]);
}

/** With the place of each in the text. */
function lettersOf(text: string): {letters: string; places: number[]} {
  const found = [...text.matchAll(/[a-z\d]/gi)];
  return {letters: found.map(([letter]) => letter.toLowerCase()).join(''), places: found.map(({index}) => index)};
}

function namesIn(text: string, beginnings: Beginnings): Range[] {
  if (beginnings.size === 0 || text.length < tellingLetters) return [];
  const {letters, places} = lettersOf(text);
  const found: Range[] = [];
  for (let at = 0; at + tellingLetters <= letters.length; at++) {
    const known = beginnings.get(letters.slice(at, at + tellingLetters));
    if (known === undefined) continue;
    const from = places[at] ?? 0;
    at += Math.max(...known.map(secret => sharedLength(secret, letters, at))) - 1;
    found.push({from, to: (places[at] ?? text.length) + 1});
  }
  return found;
}

function sharedLength(secret: string, letters: string, at: number): number {
  let length = 0;
  while (length < secret.length && secret[length] === letters[at + length]) length += 1;
  return length;
}

/** First and last four characters of a long secret, `****` of one that they would give away. */
export function mask(secret: string): string {
  return secret.length < 16 ? '****' : `${sanitize(secret.slice(0, 4))}…${sanitize(secret.slice(-4))}`;
}

const namesAndDomains = unicodePattern(String.raw`(?<at>@?)(?<word>[\p{L}\p{N}][\p{L}\p{N}\p{M}._+-]*)`);

/** An identity that is recognisable to its owner alone: `u***@e***.com`, `o***`. */
export function maskIdentity(label: string): string {
  return label.replace(
    namesAndDomains(),
    (_all: string, at: string, word: string) => `${at}${[...word][0]}***${at === '' ? '' : endingOf(word)}`,
  );
}

/** `.com` of a domain. */
const endingOf = (domain: string): string => /[^.](\.[^.]+)$/.exec(domain)?.[1] ?? '';
