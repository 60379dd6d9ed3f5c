/**
 * A pattern with classes of Unicode characters (`\p{…}`), made when it is first used: Node takes more than a millisecond
 * to read one from its tables, as a literal even where it stands in code that never runs, and a status bar waits for that.
 */
export function unicodePattern(source: string): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= new RegExp(source, 'gu');
    return made;
  };
}
