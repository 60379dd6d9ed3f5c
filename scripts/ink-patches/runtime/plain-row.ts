import {plainCells} from './plain-string-width.ts';

/** What colours and brightens letters, as `@alcalzone/ansi-tokenize` knows it. */
type Code = {type: 'ansi'; code: string; endCode: string};
type Styles = readonly Code[];

/** The functions of `@alcalzone/ansi-tokenize` that Ink composes a row with, letter by letter. */
export type Ansi = {
  tokenize(text: string): readonly {type: string}[];
  reduceAnsiCodesIncremental(codes: Styles, more: readonly Code[]): Styles;
  diffAnsiCodes(from: Styles, to: Styles): Styles;
  ansiCodesToString(codes: Styles): string;
};

export type Write = {x: number; text: string};

/** Letters of one style. */
type Run = {styles: Styles; text: string};

const none: Styles = [];
const codesOrText = /((?:\u001b\[[\d;]*m)+)/;
// A theme has some twenty styles; more than this are another theme's.
const mostStyles = 1000;

export type PlainRows = {
  /** null where it takes more than putting one beside the other. */
  row(width: number, writes: readonly Write[]): string | null;
  /** Whether the text ends without a style: the row below it begins with none. */
  isClosed(text: string): boolean;
};

/**
 * Composes rows of plain letters as Ink does, a run of letters of one style at a time: what there is to decide depends on
 * the styles alone, and these are few.
 */
export function plainRows(ansi: Ansi): PlainRows {
  const theOne = oneOfEach();
  const after = byPair<string, Styles>((styles, codes) => {
    if (codes === '') return styles;
    const added = ansi.tokenize(codes).filter((token): token is Code => token.type === 'ansi');
    return theOne(ansi.reduceAnsiCodesIncremental(styles, added));
  });
  const between = byPair<Styles, string>((from, to) => ansi.ansiCodesToString(ansi.diffAnsiCodes(from, to)));

  function runsOf(text: string): Run[] {
    let styles = none;
    const runs: Run[] = [];
    for (const [index, part] of text.split(codesOrText).entries()) {
      if (index % 2 === 1) styles = after(styles, part);
      else if (part !== '') runs.push({styles, text: part});
    }
    return runs;
  }

  /** Ink writes each text anew before it composes the row, and the order of the styles may change by it. */
  function anew(runs: readonly Run[]): Run[] {
    let [last, styles] = [none, none];
    return runs.map(run => {
      styles = after(styles, between(last, run.styles));
      last = run.styles;
      return {styles, text: run.text};
    });
  }

  function written(runs: readonly Run[]): string {
    let last = none;
    let row = '';
    for (const {styles, text} of runs) {
      row += between(last, styles) + text;
      last = styles;
    }
    return row + between(last, none);
  }

  const row = (width: number, writes: readonly Write[]): string | null => {
    const runs: Run[] = [];
    let end = 0;
    for (const {x, text} of writes.toSorted((one, other) => one.x - other.x)) {
      const cells = plainCells(text);
      if (cells === null || x < end || x + cells > width) return null;
      if (x > end) runs.push({styles: none, text: ' '.repeat(x - end)});
      runs.push(...anew(runsOf(text)));
      end = x + cells;
    }
    if (end < width) runs.push({styles: none, text: ' '.repeat(width - end)});
    return written(runs).trimEnd();
  };
  const isClosed = (text: string): boolean =>
    text.split(codesOrText).reduce((styles, part, at) => (at % 2 === 1 ? after(styles, part) : styles), none) === none;
  return {row, isClosed};
}

/** The same styles are the same object, however they came about: or every row would have some of its own. */
function oneOfEach(): (styles: Styles) => Styles {
  const known = new Map<string, Styles>();
  return styles => {
    if (styles.length === 0) return none;
    const name = styles.map(({code}) => code).join('');
    const one = known.get(name) ?? styles;
    if (known.size > mostStyles) known.clear();
    known.set(name, one);
    return one;
  };
}

/** Remembers what was made of two things. */
function byPair<Second, Made>(make: (first: Styles, second: Second) => Made) {
  const known = new Map<Styles, Map<Second, Made>>();
  let size = 0;
  return (first: Styles, second: Second): Made => {
    const own = known.get(first);
    const before = own?.get(second);
    if (before !== undefined) return before;
    const made = make(first, second);
    if (size++ > mostStyles) {
      known.clear();
      size = 0;
    }
    const map = known.get(first) ?? new Map<Second, Made>();
    known.set(first, map.set(second, made));
    return made;
  };
}
