import {claude} from '../../../src/providers/claude/index.ts';
import {parseUsage} from '../../../src/providers/claude/parse.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([claude], {
  directory: 'claude',
  parsers: {'': parseUsage},
  more: [{seven_day_omelette: {utilization: 3, resets_at: null}}],
});
