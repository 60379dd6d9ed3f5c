import {grok} from '../../../src/providers/grok/index.ts';
import {parseBilling} from '../../../src/providers/grok/parse.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([grok], {directory: 'grok', parsers: {'': parseBilling}});
