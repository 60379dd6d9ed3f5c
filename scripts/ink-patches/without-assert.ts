import {patch, replaced} from './patch.ts';

/** What hears of the end of the process would load Node's assertions, to look once whether it was given a function. */
export const withoutAssert = patch('without-assert', [
  {
    file: /signal-exit\/index\.js$/,
    edit: code =>
      replaced(
        replaced(code, "var assert = require('assert')\n", ''),
        "assert.equal(typeof cb, 'function', 'a callback must be provided for exit handler')",
        '',
      ),
  },
]);
