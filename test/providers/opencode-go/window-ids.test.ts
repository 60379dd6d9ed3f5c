import {opencodeGo} from '../../../src/providers/opencode-go/index.ts';
import {parseUsage} from '../../../src/providers/opencode-go/parse.ts';
import {testWindowIds} from '../shared/window-ids.ts';
import {sampledAt} from './support.ts';

testWindowIds([opencodeGo], {directory: 'opencode-go', parsers: {'': body => parseUsage(body, sampledAt)}});
