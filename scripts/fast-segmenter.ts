import {isPlainOrEscaped} from './plain-text.ts';

// Spelt so that the bundler does not take it for the class that stands in its place.
const {Segmenter} = Intl;

type Segments = Iterable<Intl.SegmentData>;

/**
 * `Intl.Segmenter` as our dependencies use it: plain letters are taken one by one, and the real one is made when the
 * first other letter comes. To make it takes longer than a frame, and every frame asks it about every row.
 */
export class FastSegmenter {
  #isOfGraphemes: boolean;
  #make: () => Intl.Segmenter;
  #real: Intl.Segmenter | undefined;

  constructor(locales?: Intl.LocalesArgument, options?: Intl.SegmenterOptions) {
    this.#isOfGraphemes = (options?.granularity ?? 'grapheme') === 'grapheme';
    this.#make = () => new Segmenter(locales, options);
  }

  segment(input: string): Segments {
    if (this.#isOfGraphemes && isPlainOrEscaped(input)) return lettersOf(input);
    this.#real ??= this.#make();
    return this.#real.segment(input);
  }
}

const lettersOf = (input: string): Segments => ({
  *[Symbol.iterator]() {
    for (let index = 0; index < input.length; index++) yield {segment: input[index] ?? '', index, input};
  },
});
