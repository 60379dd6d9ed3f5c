import {zai, zhipu} from '../../../src/providers/zhipu/index.ts';
import {parseQuota} from '../../../src/providers/zhipu/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([zhipu, zai], {directory: 'zhipu', parsers: {'': body => parseQuota(body, now)}});
