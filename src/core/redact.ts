import {clean} from './text.ts';

/** The one place that keeps secrets out of words: whatever is said passes through here. */
export type Redactor = {
  /** From now on this text is a secret. Short texts are ignored: replacing them would garble ordinary words. */
  protect(secret: string): void;
  /** The text without any known secret, and without anything that looks like a token of a known kind. */
  redact(text: string): string;
};

export const redacted = '[redacted]';
const shortestSecret = 6;

// Prefixes by which the services mark their tokens, JWTs, and `{32 hex}.{secret}` keys of Zhipu and Z.ai.
const looksSecret =
  /\b(?:gh[opusr]_|github_pat_|sk-|rt_|ya29\.|1\/\/|at-|GOCSPX-|tid=)[\w\-./~+=]{6,}|\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?|\b[0-9a-f]{32}\.[\w-]{6,}|\bBearer\s+[\w\-.~+/=]{8,}/gi;

export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    protect(secret) {
      if (secret.length < shortestSecret) return;
      secrets.add(secret);
      secrets.add(encodeURIComponent(secret));
    },
    redact(text) {
      let safe = text;
      // Longest first: a secret may be part of another.
      for (const secret of [...secrets].sort((a, b) => b.length - a.length)) safe = safe.replaceAll(secret, redacted);
      return safe.replace(looksSecret, redacted);
    },
  };
}

/** First and last four characters of a long secret, `****` of a short one. */
export function mask(secret: string): string {
  return secret.length < 12 ? '****' : `${clean(secret.slice(0, 4))}…${clean(secret.slice(-4))}`;
}

/** An identity that is recognisable to its owner alone: `u***@e***.com`, `o***`. */
export function maskIdentity(label: string): string {
  return label.replace(/[\p{L}\p{N}][\p{L}\p{N}._+-]*/gu, word => {
    const end = word.lastIndexOf('.');
    return end > 0 && label.includes('@') ? `${word[0]}***${word.slice(end)}` : `${word[0]}***`;
  });
}
