import {maybeJson} from './http.ts';
import {isRecord, type Json} from './values.ts';

// Noise may open braces that it never closes; so many are tried.
const mostTries = 100;

/** Every JSON object at the outermost level of a text: the whole, its lines, or what stands between its noise. */
export function objectsIn(text: string): Json[] {
  const found: Json[] = [];
  let start = text.indexOf('{');
  for (let misses = 0; start !== -1 && misses < mostTries; ) {
    const end = closingBrace(text, start);
    const value = end === -1 ? undefined : maybeJson(text.slice(start, end + 1));
    if (isRecord(value)) found.push(value);
    else misses++;
    start = text.indexOf('{', isRecord(value) ? end + 1 : start + 1);
  }
  return found;
}

/** Index of the brace that closes the one at `start`; braces inside JSON strings do not count. -1 when there is none. */
function closingBrace(text: string, start: number): number {
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}]/gs;
  tokens.lastIndex = start;
  let depth = 0;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    if (match[0] === '{') depth++;
    if (match[0] === '}' && --depth === 0) return match.index;
  }
  return -1;
}
