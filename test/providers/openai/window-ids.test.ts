import {openai} from '../../../src/providers/openai/index.ts';
import {parseUsage} from '../../../src/providers/openai/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([openai], {directory: 'openai', parsers: {'': body => parseUsage(body, now)}});
