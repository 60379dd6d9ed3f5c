import {expect, it} from 'vitest';
import {visible} from '../../../src/core/text/visible.ts';

it.each([
  ['plain, ünïcode 网关 and two\nlines', 'plain, ünïcode 网关 and two\nlines'],
  ['\u001b[2K\rsafe', '\\u001b[2K\\u000dsafe'],
  ['\u009b31m', '\\u009b31m'],
  ['a\u202egpj.sh', 'a\\u202egpj.sh'],
  ['a\u200bb\u2028c\u{e0041}d\u3164e', 'a\\u200bb\\u2028c\\udb40\\udc41d\\u3164e'],
])('spells out what would change how the rest is seen: %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

it('leaves JSON what it is', () => {
  const value = {label: 'a\u202eb\u{e0041}\u200d', list: [1]};
  expect(JSON.parse(visible(JSON.stringify(value, null, 2)))).toEqual(value);
});
