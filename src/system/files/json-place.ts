const space = /[ \t\n\r]*/y;
const text = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Deeper than any settings; beyond it the place is told as where the depth began.
const deepest = 100;

/**
 * Line and column (from 1) at which a text stops being JSON. The message of `JSON.parse` often has no place, and quotes
 * the text around the error, which may be a secret.
 */
export function placeOfError(json: string): {line: number; column: number} {
  let at = 0;
  const eat = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(json);
    if (found) at += found[0].length;
    return found !== null;
  };
  const mark = (character: string): boolean => {
    eat(space);
    const isThere = json[at] === character;
    if (isThere) at += 1;
    return isThere;
  };
  const items = (close: string, item: () => boolean): boolean => {
    if (mark(close)) return true;
    do if (!item()) return false;
    while (mark(','));
    return mark(close);
  };
  const name = (): boolean => {
    eat(space);
    return eat(text);
  };
  const value = (depth: number): boolean => {
    eat(space);
    if (depth > deepest) return false;
    if (mark('{')) return items('}', () => name() && mark(':') && value(depth + 1));
    if (mark('[')) return items(']', () => value(depth + 1));
    return eat(text) || eat(scalar);
  };
  if (value(0)) eat(space);
  const before = json.slice(0, at).split('\n');
  return {line: before.length, column: (before.at(-1) ?? '').length + 1};
}
