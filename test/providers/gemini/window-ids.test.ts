import {gemini} from '../../../src/providers/gemini/index.ts';
import {parseQuota} from '../../../src/providers/gemini/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([gemini], {directory: 'gemini', parsers: {quota: body => parseQuota(body, now)}});
