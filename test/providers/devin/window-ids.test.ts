import {devin} from '../../../src/providers/devin/index.ts';
import {parsePlanInfo, parseStatus} from '../../../src/providers/devin/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

const parseAny = (body: unknown) => parseStatus(body, now);
const parsers = {
  max: parseAny,
  windsurf: parseAny,
  zero: parseAny,
  cached: (body: unknown) => parsePlanInfo(body, now),
};
testWindowIds([devin], {directory: 'devin', parsers});
