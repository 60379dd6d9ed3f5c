import {parseCredits} from '../../../src/providers/augment/credits.ts';
import {augment} from '../../../src/providers/augment/index.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([augment], {directory: 'augment', parsers: {'': (body: unknown) => parseCredits(body, now)}});
