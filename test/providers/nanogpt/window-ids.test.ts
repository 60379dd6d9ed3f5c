import {nanogpt} from '../../../src/providers/nanogpt/index.ts';
import {parseUsage} from '../../../src/providers/nanogpt/parse.ts';
import {testWindowIds} from '../shared/window-ids.ts';

const daily = {active: true, daily: {used: 1}, limits: {daily: 2}};

testWindowIds([nanogpt], {
  directory: 'nanogpt',
  parsers: {'': body => parseUsage(body, Date.UTC(2026, 10, 27, 20))},
  more: [daily],
});
