import {google} from '../../../src/providers/google/index.ts';
import {parseModels, parseUserQuota} from '../../../src/providers/google/parse-models.ts';
import {parseSummary} from '../../../src/providers/google/parse-summary.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([google], {
  directory: 'google',
  parsers: {
    summary: body => parseSummary(body, now),
    models: body => parseModels(body, {now, isFree: false}),
    user: body => parseUserQuota(body, now),
  },
});
