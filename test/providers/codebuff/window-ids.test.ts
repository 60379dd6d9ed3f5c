import {codebuff} from '../../../src/providers/codebuff/index.ts';
import {parseCredits, parseSubscription} from '../../../src/providers/codebuff/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

const parsers = {
  usage: (body: unknown) => parseCredits(body, now),
  subscription: (body: unknown) => ({...parseSubscription(body, now), amounts: [], notes: []}),
};
testWindowIds([codebuff], {directory: 'codebuff', parsers});
