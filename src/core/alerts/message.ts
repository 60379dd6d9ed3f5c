/** What a channel gives: for people. */
export type Message = {title: string; body: string; urgent: boolean};

/** What became of it, in a few English words. */
export type Delivered = {ok: boolean; how: string};

/** What must not reach a terminal's sequence or a program's arguments: controls, and what parts a sequence. */
export const cleaned = (text: string, longest = 200): string =>
  [
    ...text
      .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp};]+/gu, ' ')
      .replace(/ {2,}/g, ' ')
      .trim(),
  ]
    .slice(0, longest)
    .join('');
