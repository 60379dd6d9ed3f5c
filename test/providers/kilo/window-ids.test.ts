import {kilo} from '../../../src/providers/kilo/index.ts';
import {parsePass} from '../../../src/providers/kilo/parse.ts';
import {now} from '../shared/home.ts';
import {testWindowIds} from '../shared/window-ids.ts';

testWindowIds([kilo], {
  directory: 'kilo',
  parsers: {pass: body => ({...parsePass(body, now), amounts: [], notes: []})},
});
