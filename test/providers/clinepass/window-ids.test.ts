import {clinepass} from '../../../src/providers/clinepass/index.ts';
import {parseLimits} from '../../../src/providers/clinepass/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([clinepass], {directory: 'clinepass', parsers: {'': body => parseLimits(body, now)}});
