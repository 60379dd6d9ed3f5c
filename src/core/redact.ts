import {clean} from './text.ts';

/**
 * The one place that keeps secrets out of words: whatever is said passes through here. Clean first, then redact: an
 * invisible character in the middle of an echoed token would hide it from a redactor that came first, and be gone after.
 */
export type Redactor = {
  /** From now on this text is a secret. Short texts are ignored: replacing them would garble ordinary words. */
  protect(secret: string): void;
  /**
   * The text without any known secret — as it is, percent-encoded, escaped as in JSON, or cut short by `clean`'s ellipsis —
   * and without anything that looks like a token of a known kind.
   */
  redact(text: string): string;
};

export const redacted = '[redacted]';
const shortestSecret = 6;

// Prefixes by which the services mark their tokens, JWTs, and `{32 hex}.{secret}` keys of Zhipu and Z.ai. `at-` also
// begins English phrases, so there a digit must follow.
const looksSecret =
  /\b(?:gh[opusr]_|github_pat_|sk-|rt_|ya29\.|1\/\/|GOCSPX-|tid=)[\w\-./~+=]{6,}|\bat-(?=[\w-]*\d)[\w-]{12,}|\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?|\b[0-9a-f]{32}\.[\w-]{6,}|\bBearer\s+[\w\-.~+/=]{8,}/gi;

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  let longestFirst: string[] = [];
  return {
    protect(secret) {
      if (secret.length < shortestSecret || secrets.has(secret)) return;
      for (const form of spellings(secret)) secrets.add(form);
      // A secret may be part of another.
      longestFirst = [...secrets].sort((a, b) => b.length - a.length);
    },
    redact(text) {
      let safe = text;
      for (const secret of longestFirst) safe = safe.replaceAll(secret, redacted);
      return withoutCutSecrets(safe, longestFirst).replace(looksSecret, redacted);
    },
  };
}

/** The ways in which a service may echo a secret. `toWellFormed` because a lone surrogate cannot be encoded. */
function spellings(secret: string): string[] {
  const encoded = encodeURIComponent(secret.toWellFormed());
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const lowerHex = [encoded, inForm].map(text => text.replace(/%../g, hex => hex.toLowerCase()));
  const all = [secret, encoded, inForm, ...lowerHex, inJson, inJson.replaceAll('/', '\\/'), clean(secret, 16_384)];
  return all.filter(text => text.length >= shortestSecret);
}

/** Shortening may cut through a secret: what stands before an ellipsis and begins a secret is part of one. */
function withoutCutSecrets(text: string, secrets: readonly string[]): string {
  const pieces = text.split('…');
  const last = pieces.pop() ?? '';
  return [...pieces.map(piece => withoutBeginning(piece, secrets)), last].join('…');
}

function withoutBeginning(piece: string, secrets: readonly string[]): string {
  for (const secret of secrets)
    for (let length = Math.min(secret.length, piece.length); length >= shortestSecret; length--)
      if (piece.endsWith(secret.slice(0, length))) return piece.slice(0, -length) + redacted;
  return piece;
}

/** First and last four characters of a long secret, `****` of one that they would give away. */
export function mask(secret: string): string {
  return secret.length < 16 ? '****' : `${clean(secret.slice(0, 4))}…${clean(secret.slice(-4))}`;
}

/** An identity that is recognisable to its owner alone: `u***@e***.com`, `o***`. */
export function maskIdentity(label: string): string {
  return label.replace(
    /(?<at>@?)(?<word>[\p{L}\p{N}][\p{L}\p{N}\p{M}._+-]*)/gu,
    (_all: string, at: string, word: string) => `${at}${[...word][0]}***${at === '' ? '' : endingOf(word)}`,
  );
}

/** `.com` of a domain. */
const endingOf = (domain: string): string => /[^.](\.[^.]+)$/.exec(domain)?.[1] ?? '';
