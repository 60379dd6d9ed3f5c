import {infini} from '../../../src/providers/infini/index.ts';
import {parseLimits} from '../../../src/providers/infini/limits.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([infini], {directory: 'infini', parsers: {'': parseLimits}});
