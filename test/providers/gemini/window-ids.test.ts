import {gemini} from '../../../src/providers/gemini/index.ts';
import {parseQuota} from '../../../src/providers/gemini/parse.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([gemini], {directory: 'gemini', parsers: {quota: parseQuota}});
