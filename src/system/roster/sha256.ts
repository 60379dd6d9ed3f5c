/**
 * SHA-256 (FIPS 180-4) of a text, in hex. Node's own is loaded with all of its cryptography, which takes a script longer than
 * everything else that it does; this is for a few hundred bytes.
 */
export function sha256(text: string): string {
  const hash = Uint32Array.from(squareRoots);
  const bytes = padded(new TextEncoder().encode(text));
  for (let block = 0; block < bytes.byteLength; block += 64) addBlock(hash, bytes, block);
  return Array.from(hash, word => word.toString(16).padStart(8, '0')).join('');
}

/** Up to whole blocks of 64 bytes: a one, zeros, and the length in bits. */
function padded(message: Uint8Array): DataView {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 4, message.length * 8);
  return view;
}

const primes = Array.from({length: 312}, (_, number) => number).filter(number => {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return number > 1;
});
/** The first 32 bits behind the point. */
const fraction = (root: number): number => (root % 1) * 2 ** 32;
const squareRoots = primes.slice(0, 8).map(prime => fraction(Math.sqrt(prime)));
const cubeRoots = Uint32Array.from(primes, prime => fraction(Math.cbrt(prime)));

const turned = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

function scheduleOf(bytes: DataView, block: number): Int32Array {
  const words = new Int32Array(64);
  for (let at = 0; at < 64; at += 1) {
    if (at < 16) {
      words[at] = bytes.getInt32(block + 4 * at);
      continue;
    }
    const before = (count: number): number => words[at - count] ?? 0;
    const [early, late] = [before(15), before(2)];
    const low = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const high = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[at] = before(16) + low + before(7) + high;
  }
  return words;
}

function addBlock(hash: Uint32Array, bytes: DataView, block: number): void {
  const words = scheduleOf(bytes, block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let at = 0; at < 64; at += 1) {
    const choice = (e & f) ^ (~e & g);
    const one = h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + choice + (cubeRoots[at] ?? 0) + (words[at] ?? 0);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const two = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) hash[at] = (hash[at] ?? 0) + word;
}
