import {kiro} from '../../../src/providers/kiro/index.ts';
import {parseUsage} from '../../../src/providers/kiro/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([kiro], {directory: 'kiro', parsers: {'': body => parseUsage(body, now)}});
