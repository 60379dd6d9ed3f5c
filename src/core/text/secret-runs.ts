/**
 * Finds pieces of secrets in a text: a run of one as it is, or inside base64 (any alignment, either alphabet) or hex. Echoes
 * rarely repeat the whole: `user:token` is encoded as one, a page quotes the end, a log the payload of a JWT.
 */
export type SecretRuns = {
  add(form: string): void;
  /** The places in the text; some may overlap. */
  find(text: string): Range[];
};
export type Range = {from: number; to: number};

// Ordinary words do not share so many characters with a secret.
export const tellingRun = 12;
// Twelve characters of base64.
const tellingBytes = 9;
// Of each secret every fifth piece of five letters is indexed: a run of nine holds one of them whole, wherever it begins.
const pieceLength = 5;
// A secret of one letter repeated is none; the first places of a piece are enough.
const mostPlaces = 4;

/** Where a piece stands: the number of its form, and of the piece in it. One number takes a tenth of an object's memory. */
type Place = number;
const mostPieces = 65_536;

export function createSecretRuns(): SecretRuns {
  const forms: string[] = [];
  const index = new Map<number, Place | Place[]>();
  const placesAt = (key: number): readonly Place[] => {
    const places = index.get(key);
    return typeof places === 'number' ? [places] : (places ?? []);
  };
  const formOf = (place: Place): string => forms[Math.floor(place / mostPieces)] ?? '';
  const startOf = (place: Place): number => (place % mostPieces) * pieceLength;
  /** Other pieces may have the same key. */
  const isSame = (place: Place, piece: string): boolean => formOf(place).startsWith(piece, startOf(place));

  /** Every run in the text that is at least `least` long. */
  function runsIn(text: string, least: number): Range[] {
    const found: Range[] = [];
    for (let at = 0; at + pieceLength <= text.length; at++) {
      const places = placesAt(keyOf(text, at));
      if (places.length === 0) continue;
      const piece = text.slice(at, at + pieceLength);
      const ranges = places
        .filter(place => isSame(place, piece))
        .map(place => grown(text, at, formOf(place), startOf(place)))
        .filter(({from, to}) => to - from >= least);
      found.push(...ranges);
      at = Math.max(at, ...ranges.map(({to}) => to - pieceLength));
    }
    return found;
  }

  function runsInBase64(text: string): Range[] {
    return [...text.matchAll(/[A-Za-z\d+/_-]{12,}/g)].flatMap(({0: run, index: start}) =>
      [0, 1, 2, 3].flatMap(skipped =>
        runsIn(fromBase64(run.slice(skipped)), tellingBytes).map(({from, to}) => ({
          from: start + skipped + Math.floor((from * 4) / 3),
          to: start + Math.min(run.length, skipped + Math.ceil((to * 4) / 3)),
        })),
      ),
    );
  }

  function runsInHex(text: string): Range[] {
    return [...text.matchAll(/[\da-f]{18,}/gi)].flatMap(({0: run, index: start}) =>
      [0, 1].flatMap(skipped =>
        runsIn(fromHex(run.slice(skipped)), tellingBytes).map(({from, to}) => ({
          from: start + skipped + from * 2,
          to: start + skipped + to * 2,
        })),
      ),
    );
  }

  return {
    add(form) {
      if (form.length < tellingBytes) return;
      const first = (forms.push(form) - 1) * mostPieces;
      const pieces = Math.min(mostPieces, Math.floor(form.length / pieceLength));
      for (let number = 0; number < pieces; number++) {
        const key = keyOf(form, number * pieceLength);
        const places = placesAt(key);
        const piece = form.slice(number * pieceLength, (number + 1) * pieceLength);
        if (places.length === 0) index.set(key, first + number);
        else if (places.filter(place => isSame(place, piece)).length < mostPlaces)
          index.set(key, [...places, first + number]);
      }
    },
    find(text) {
      if (index.size === 0 || text.length < tellingRun) return [];
      return [...runsIn(text, tellingRun), ...runsInBase64(text), ...runsInHex(text)];
    },
  };
}

/** Of five letters. */
function keyOf(text: string, at: number): number {
  let key = 0;
  for (let letter = at; letter < at + pieceLength; letter++) key = (Math.imul(key, 131) + text.charCodeAt(letter)) | 0;
  return key;
}

/** As far as text and secret go on agreeing, to both sides of a piece that they share. */
function grown(text: string, at: number, form: string, start: number): Range {
  let before = 0;
  while (before < Math.min(at, start) && text[at - before - 1] === form[start - before - 1]) before += 1;
  let after = pieceLength;
  while (start + after < form.length && text[at + after] === form[start + after]) after += 1;
  return {from: at - before, to: at + after};
}

/** In order, and apart from each other. */
export function joined(ranges: readonly Range[]): Range[] {
  const apart: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last === undefined || range.from > last.to) apart.push({...range});
    else last.to = Math.max(last.to, range.to);
  }
  return apart;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sixBits = new Map([...alphabet, '-', '_'].map((letter, at) => [letter, at < 64 ? at : at - 2]));

/** The bytes as characters; what is left over at the end is dropped. */
function fromBase64(run: string): string {
  let [bytes, bits, count] = ['', 0, 0];
  for (const letter of run) {
    bits = ((bits << 6) | (sixBits.get(letter) ?? 0)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += String.fromCharCode((bits >> count) & 0xff);
  }
  return bytes;
}

const fromHex = (run: string): string =>
  (run.match(/../g) ?? []).map(pair => String.fromCharCode(Number.parseInt(pair, 16))).join('');
