import {describe, expect, it} from 'vitest';
import {sidebar} from '../../docs/.vitepress/sidebar.ts';
import {commandsPage} from '../../scripts/commands-doc.ts';
import {recordingOf} from '../../scripts/picture/recording.ts';
import {filesBelow, textOf} from './support.ts';

type Entry = {link?: string; items?: Entry[]};
const linksIn = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({link, items = []}) => [...(link === undefined ? [] : [link]), ...linksIn(items)]);

describe('the site', () => {
  it('leads to every page, once', () => {
    const pages = filesBelow('docs', /\.md$/).map(path => path.slice('docs'.length).replace(/(index)?\.md$/, ''));
    expect(linksIn(sidebar).sort()).toEqual(pages.filter(page => page !== '/').sort());
  });

  it('has what every command says of itself (npm run docs)', () => {
    expect(textOf('docs/commands.md')).toBe(commandsPage());
  });
});

describe('a recording', () => {
  const frames = [
    ['<a/>', '<b/>'],
    ['<a/>', '<c/>'],
    ['<a/>', '<b/>'],
  ];
  const recording = recordingOf({cols: 10, rows: 2}, frames, 2);
  const times = (text: string): number => recording.split(text).length - 1;

  it('draws once what stays, and what changes for as long as it is there', () => {
    expect([times('<a/>'), times('<b/>'), times('<c/>')]).toEqual([1, 2, 1]);
    expect(recording).toContain(
      '@keyframes s1e2{0%{visibility:hidden}33.33%{visibility:visible}66.67%{visibility:hidden}}',
    );
    expect(recording).toContain('.s0e3{animation:s0e3 6s step-end infinite;visibility:visible}');
  });

  it('stands still, on its first frame, for those who want that', () => {
    expect(recording).toContain('prefers-reduced-motion');
    expect(recording).toMatch(/\.s1e2\{[^}]*visibility:hidden\}/);
  });
});
