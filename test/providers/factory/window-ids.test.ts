import {factory} from '../../../src/providers/factory/index.ts';
import {parseLimits, parseTokens} from '../../../src/providers/factory/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

const parsers = {
  limits: (body: unknown) => parseLimits(body, now),
  legacy: (body: unknown) => ({plan: null, windows: parseTokens(body), amounts: [], notes: []}),
};
testWindowIds([factory], {directory: 'factory', parsers});
