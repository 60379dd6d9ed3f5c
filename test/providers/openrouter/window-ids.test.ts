import {openrouter} from '../../../src/providers/openrouter/index.ts';
import {parseKey} from '../../../src/providers/openrouter/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([openrouter], {directory: 'openrouter', parsers: {'key-': body => parseKey(body, now)}});
