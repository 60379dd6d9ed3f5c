import {ollamaCloud} from '../../../src/providers/ollama-cloud/index.ts';
import {parseUsage} from '../../../src/providers/ollama-cloud/usage.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([ollamaCloud], {directory: 'ollama-cloud', parsers: {'': body => parseUsage(body, now)}});
