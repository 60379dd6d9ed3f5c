import {recordOf} from '../../../src/providers/shared/values.ts';
import {volcengine} from '../../../src/providers/volcengine/index.ts';
import {parseUsage} from '../../../src/providers/volcengine/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([volcengine], {directory: 'volcengine', parsers: {arkcli: body => parseUsage(recordOf(body), now)}});
