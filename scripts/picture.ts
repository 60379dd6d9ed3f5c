/** Makes docs/picture*.svg and docs/tour.svg: what the built program shows with --demo. `npm run build` comes first. */
import {writeFileSync} from 'node:fs';
import {openDemo, type Size} from './picture/demo-screen.ts';
import {recordingOf} from './picture/recording.ts';
import {rowOf, windowOf} from './picture/svg.ts';

const pictures: Record<string, Size> = {picture: {cols: 118, rows: 40}, 'picture-narrow': {cols: 64, rows: 17}};

for (const [name, size] of Object.entries(pictures)) {
  const demo = await openDemo(size);
  writeFileSync(`docs/${name}.svg`, windowOf(size, demo.rows().map(rowOf).join('\n')));
  demo.close();
}

const [esc, enter] = ['\x1b', '\r'];
/** Keys before each frame of the recording. */
const tour = ['', '\t', '\t', enter, esc, 'v', 's', 'v', '/!warn', esc, 'H', ']', esc, '?', esc, 't', 't'];
const tourSize = {cols: 96, rows: 30};
const secondsEach = 2;

const demo = await openDemo(tourSize);
const frames: string[][] = [];
for (const keys of tour) {
  await demo.press(keys);
  frames.push(demo.rows().map(rowOf));
}
demo.close();
writeFileSync('docs/tour.svg', recordingOf(tourSize, frames, secondsEach));
process.exit();
