import {amp} from '../../../src/providers/amp/index.ts';
import {parseUsage} from '../../../src/providers/amp/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([amp], {directory: 'amp', parsers: {'': body => parseUsage(body, now)}});
