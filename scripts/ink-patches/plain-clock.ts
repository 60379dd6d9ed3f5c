import {patch, replaced} from './patch.ts';

const time = 'performance.now()';
const now = 'Number(process.hrtime.bigint()) / 1e6';

/** React and Ink ask what time has gone by, and no more: for `performance` Node would load all that it can measure. */
export const plainClock = patch('plain-clock', [
  {
    file: /scheduler\/cjs\/scheduler\.production\.js$/,
    edit: code =>
      replaced(
        replaced(code, '"object" === typeof performance && "function" === typeof performance.now', 'true'),
        'var localPerformance = performance;',
        `var localPerformance = {now: () => ${now}};`,
      ),
  },
  {file: /ink\/build\/ink\.js$/, edit: code => replaced(replaced(code, time, now), time, now)},
]);
