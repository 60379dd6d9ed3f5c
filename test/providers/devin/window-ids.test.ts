import {devin} from '../../../src/providers/devin/index.ts';
import {parsePlanInfo} from '../../../src/providers/devin/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([devin], {directory: 'devin', parsers: {cached: (body: unknown) => parsePlanInfo(body, now)}});
