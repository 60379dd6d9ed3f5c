import {chutes} from '../../../src/providers/chutes/index.ts';
import {parseQuota, parseSubscription} from '../../../src/providers/chutes/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

const quota = (body: unknown) => ({plan: null, windows: parseQuota(body, now), amounts: [], notes: []});

testWindowIds([chutes], {directory: 'chutes', parsers: {sub: body => parseSubscription(body, now), quota}});
