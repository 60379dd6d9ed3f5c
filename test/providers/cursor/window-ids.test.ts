import {cursor} from '../../../src/providers/cursor/index.ts';
import {parseUsage} from '../../../src/providers/cursor/parse.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([cursor], {directory: 'cursor', parsers: {'': parseUsage}});
