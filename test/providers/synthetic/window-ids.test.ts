import {synthetic} from '../../../src/providers/synthetic/index.ts';
import {parseQuotas} from '../../../src/providers/synthetic/quotas.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([synthetic], {
  directory: 'synthetic',
  parsers: {'': body => parseQuotas(body, Date.UTC(2026, 10, 27, 20))},
});
