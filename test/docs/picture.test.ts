import {describe, expect, it} from 'vitest';
import {type Cell, pictureSvg} from '../../scripts/picture-svg.ts';
import {catalogue} from '../../src/providers/index.ts';
import {textOf} from './support.ts';

const cells = (text: string, rest: Partial<Cell> = {}): Cell[] =>
  [...text].map(each => ({text: each, color: null, background: null, bold: false, dim: false, ...rest}));
const drawn = (...rows: Cell[][]): string => pictureSvg({title: 'test', rows});
const count = (svg: string, pattern: RegExp): number => [...svg.matchAll(pattern)].length;

describe('the picture', () => {
  it('shows a panel of every provider', () => {
    const svg = textOf('docs/picture.svg');
    expect(catalogue.filter(({name}) => !svg.includes(`>${name}<`)).map(({name}) => name)).toEqual([]);
  });

  it('draws a bar as one rectangle per colour, however many cells it has', () => {
    const bar = [...cells('███', {color: '#7fbf95'}), ...cells('▌', {color: '#7fbf95', background: '#2c3140'})];
    const svg = drawn([...bar, ...cells('  ', {background: '#2c3140'})]);
    expect(count(svg, /<rect [^>]*fill="#7fbf95"/g)).toBe(1);
    expect(svg).toContain('width="31.5"');
    expect(count(svg, /<rect [^>]*fill="#2c3140"/g)).toBe(1);
  });

  it('gives every word its place and length, so that any font fits', () => {
    const svg = drawn(cells('5h    12%'));
    expect(svg).toContain('<text x="16" y="53" textLength="18" lengthAdjust="spacingAndGlyphs">5h</text>');
    expect(svg).toContain('x="70"');
  });

  it('draws frames as lines, and escapes what would be markup', () => {
    const svg = drawn(cells('╭──╮'), cells('<a&b'));
    expect(count(svg, /<path /g)).toBe(1);
    expect(svg).toContain('&lt;a&amp;b');
    expect(svg).not.toContain('╭');
  });
});
