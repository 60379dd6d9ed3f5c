import {jetbrains} from '../../../src/providers/jetbrains/index.ts';
import {parseQuota} from '../../../src/providers/jetbrains/parse.ts';
import {recordOf} from '../../../src/providers/shared/values.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

const parsers = {
  'quota-info': (info: unknown) => parseQuota(recordOf(info), null, now).reading,
  'next-refill': (refill: unknown) => parseQuota({type: 'Available'}, refill, now).reading,
};
testWindowIds([jetbrains], {directory: 'jetbrains', parsers});
