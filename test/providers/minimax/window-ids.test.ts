import {minimax, minimaxCn} from '../../../src/providers/minimax/index.ts';
import {parsePlan} from '../../../src/providers/minimax/plan.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([minimax, minimaxCn], {
  directory: 'minimax',
  parsers: {'': body => parsePlan(body, {id: 'minimax'}, now)},
});
