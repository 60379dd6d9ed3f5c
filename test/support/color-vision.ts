/** What eyes make of colours: contrast (WCAG 2), difference (CIEDE2000), and what a colour-blind eye is left with. */

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** The 16 to 255 of xterm's palette, as hex; the first sixteen are the user's own. */
export function hexOfIndex(index: number): string {
  if (index < 16 || index > 255) throw new RangeError(`${index} has no fixed colour`);
  const grey = 8 + 10 * (index - 232);
  const cube = [36, 6, 1].map(step => Math.floor((index - 16) / step) % 6).map(at => (at === 0 ? 0 : 55 + 40 * at));
  return hexOf((index >= 232 ? [grey, grey, grey] : cube).map(part => part / 255));
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [light = 1, dark = 1] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const luminance = (hex: string): number => dot([0.2126, 0.7152, 0.0722], linearOf(hex));

/** How far apart two colours look; 1 is hardly seen. */
export const difference = (one: string, other: string): number => ciede2000(labOf(one), labOf(other));

/** The hue of a colour in degrees, and how much colour there is in it. */
export function hueOf(hex: string): {hue: number; chroma: number} {
  const [, a, b] = labOf(hex);
  return {hue: degrees(Math.atan2(b, a)), chroma: Math.hypot(a, b)};
}

export const turn = (one: number, other: number): number => Math.abs(((one - other + 540) % 360) - 180);

// Machado, Oliveira and Fernandes 2009, severity 1.
const machado = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} satisfies Record<string, Matrix>;

// Viénot, Brettel and Mollon 1999: what the missing cones would say follows from the other two.
const lms: Matrix = [
  [17.8824, 43.5161, 4.11935],
  [3.45565, 27.1554, 3.86714],
  [0.0299566, 0.184309, 1.46709],
];
const rgb: Matrix = [
  [0.0809444479, -0.130504409, 0.116721066],
  [-0.0102485335, 0.0540193266, -0.113614708],
  [-0.000365296938, -0.00412161469, 0.693511405],
];
const vienot = {
  protan: [
    [0, 2.02344, -2.52581],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deutan: [
    [1, 0, 0],
    [0.494207, 0, 1.24827],
    [0, 0, 1],
  ],
} satisfies Record<string, Matrix>;

type Eye = (hex: string) => string;
const seenBy =
  (...steps: readonly Matrix[]): Eye =>
  hex =>
    hexOf(steps.reduce(applied, linearOf(hex)).map(encoded));

/** Eyes that lack the cones for red (protan) and for green (deutan), by both models. */
export const colourBlindEyes = {
  'protan (Machado)': seenBy(machado.protan),
  'deutan (Machado)': seenBy(machado.deutan),
  'protan (Viénot)': seenBy(lms, vienot.protan, rgb),
  'deutan (Viénot)': seenBy(lms, vienot.deutan, rgb),
} satisfies Record<string, Eye>;

const dot = (one: Triple, other: Triple): number => one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
const applied = (color: Triple, [x, y, z]: Matrix): Triple => [dot(x, color), dot(y, color), dot(z, color)];

function linearOf(hex: string): Triple {
  const part = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const encoded = (linear: number): number =>
  linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;

const hexOf = (parts: readonly number[]): string =>
  `#${parts.map(part => hexPart(Math.round(Math.min(1, Math.max(0, part)) * 255))).join('')}`;
const hexPart = (part: number): string => part.toString(16).padStart(2, '0');

const toXyz: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const white: Triple = [0.95047, 1, 1.08883];

function labOf(hex: string): Triple {
  const [x, y, z] = applied(linearOf(hex), toXyz).map((part, at) => {
    const share = part / (white[at] ?? 1);
    return share > (6 / 29) ** 3 ? Math.cbrt(share) : (share * (29 / 6) ** 2) / 3 + 4 / 29;
  }) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const radians = (angle: number): number => (angle * Math.PI) / 180;
const degrees = (angle: number): number => ((angle * 180) / Math.PI + 360) % 360;
const cosine = (angle: number): number => Math.cos(radians(angle));

/** CIEDE2000 of two colours in CIELAB, after Sharma, Wu and Dalal 2005. */
export function ciede2000(one: Triple, other: Triple): number {
  const mean = (Math.hypot(one[1], one[2]) + Math.hypot(other[1], other[2])) / 2;
  const stretch = 1.5 - 0.5 * tail(mean);
  const [first, second] = [polar(one, stretch), polar(other, stretch)];
  const [lightness, chroma] = [(first.lightness + second.lightness) / 2, (first.chroma + second.chroma) / 2];
  const {hue, between} = hues(first, second);
  const weightHue =
    1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6) - 0.2 * cosine(4 * hue - 63);
  const square = (lightness - 50) ** 2;
  const byLightness = (second.lightness - first.lightness) / (1 + (0.015 * square) / Math.sqrt(20 + square));
  const byChroma = (second.chroma - first.chroma) / (1 + 0.045 * chroma);
  const byHue =
    (2 * Math.sqrt(first.chroma * second.chroma) * Math.sin(radians(between / 2))) / (1 + 0.015 * chroma * weightHue);
  const rotation = -2 * tail(chroma) * Math.sin(radians(60 * Math.exp(-(((hue - 275) / 25) ** 2))));
  return Math.sqrt(byLightness ** 2 + byChroma ** 2 + byHue ** 2 + rotation * byChroma * byHue);
}

type Polar = {lightness: number; chroma: number; hue: number};

const tail = (chroma: number): number => Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));

const polar = ([lightness, a, b]: Triple, stretch: number): Polar => ({
  lightness,
  chroma: Math.hypot(a * stretch, b),
  hue: a === 0 && b === 0 ? 0 : degrees(Math.atan2(b, a * stretch)),
});

/** The mean of two hues and the turn from one to the other, the short way round. A grey has no hue of its own. */
function hues(first: Polar, second: Polar): {hue: number; between: number} {
  const sum = first.hue + second.hue;
  if (first.chroma * second.chroma === 0) return {hue: sum, between: 0};
  const between = second.hue - first.hue;
  if (Math.abs(between) <= 180) return {hue: sum / 2, between};
  return {hue: (sum + (sum < 360 ? 360 : -360)) / 2, between: between > 180 ? between - 360 : between + 360};
}
