import {zenmux} from '../../../src/providers/zenmux/index.ts';
import {parsePlan} from '../../../src/providers/zenmux/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([zenmux], {directory: 'zenmux', parsers: {'': body => parsePlan(body, now)}});
