import {isPlainOrEscaped} from './plain-text.ts';

type Segments = Iterable<Intl.SegmentData>;

/**
 * The part of `Intl.Segmenter` that Ink and what it cuts rows with use: plain letters are taken one by one, and the real one is made when the
 * first other letter comes. To make it takes longer than a frame, and every frame asks it about every row.
 */
export class PlainSegmenter {
  #isOfGraphemes: boolean;
  #make: () => Intl.Segmenter;
  #real: Intl.Segmenter | undefined;

  constructor(locales?: Intl.LocalesArgument, options?: Intl.SegmenterOptions) {
    this.#isOfGraphemes = (options?.granularity ?? 'grapheme') === 'grapheme';
    this.#make = () => new Intl.Segmenter(locales, options);
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
