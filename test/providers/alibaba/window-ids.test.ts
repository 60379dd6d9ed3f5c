import {alibaba} from '../../../src/providers/alibaba/index.ts';
import {codingPlan, type Plan, tokenPlan} from '../../../src/providers/alibaba/parse.ts';
import {recordOf} from '../../../src/providers/shared/values.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

const parse = (plan: Plan) => (body: unknown) => ({...plan.parse(recordOf(body), now), amounts: [], notes: []});

testWindowIds([alibaba], {
  directory: 'alibaba',
  parsers: {token: parse(tokenPlan), coding: parse(codingPlan)},
  // The smallest plan has only the month; no sample of it is there.
  more: [{per1MonthPercentage: 0.4}],
});
