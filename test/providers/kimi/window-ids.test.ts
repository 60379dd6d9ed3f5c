import {kimi, kimiGlobal} from '../../../src/providers/kimi/index.ts';
import {parseUsages} from '../../../src/providers/kimi/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([kimi, kimiGlobal], {directory: 'kimi', parsers: {'': body => parseUsages(body, now)}});
