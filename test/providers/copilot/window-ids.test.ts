import {copilot} from '../../../src/providers/copilot/index.ts';
import {parseBilling} from '../../../src/providers/copilot/parse-billing.ts';
import {parseInternal} from '../../../src/providers/copilot/parse-internal.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([copilot], {
  directory: 'copilot',
  parsers: {
    internal: body => parseInternal(body, now),
    billing: body => parseBilling(body, now, {tier: 'pro', kind: 'ai_credit'}),
  },
});
