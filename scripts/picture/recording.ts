/** Several frames of a screen as one picture that moves. */
import {windowOf} from './svg.ts';

/** What is drawn of a row from one frame until before another. */
type Stretch = {from: number; to: number; content: string};

/** Each frame is its rows as elements of a picture (`rowOf`). What stays the same from frame to frame is drawn once. */
export function recordingOf(
  size: {cols: number; rows: number},
  frames: readonly (readonly string[])[],
  secondsEach: number,
): string {
  const stretches = Array.from({length: size.rows}, (_, y) => stretchesOf(frames.map(rows => rows[y] ?? ''))).flat();
  const groups = Map.groupBy(stretches, ({from, to}) => `s${from}e${to}`);
  const content = [...groups].map(
    ([name, parts]) => `<g class="${name}">\n${parts.map(each => each.content).join('\n')}\n</g>`,
  );
  return windowOf(size, content.join('\n'), styleOf([...groups.keys()], frames.length, secondsEach));
}

function stretchesOf(contents: readonly string[]): Stretch[] {
  const starts = [...contents.keys()].filter(at => contents[at] !== contents[at - 1]);
  return starts.map((from, at) => ({from, to: starts[at + 1] ?? contents.length, content: contents[from] ?? ''}));
}

/** Each group is seen while its frames are. Who wants nothing to move sees the first frame. */
function styleOf(names: readonly string[], frames: number, secondsEach: number): string {
  const percent = (frame: number): string => `${((frame / frames) * 100).toFixed(2)}%`;
  const rules = names.map(name => {
    const [, from = 0, to = 0] = /s(\d+)e(\d+)/.exec(name)?.map(Number) ?? [];
    const hidden = from === 0 ? '' : '0%{visibility:hidden}';
    const gone = to === frames ? '' : `${percent(to)}{visibility:hidden}`;
    return `.${name}{animation:${name} ${frames * secondsEach}s step-end infinite;visibility:${from === 0 ? 'visible' : 'hidden'}}@keyframes ${name}{${hidden}${percent(from)}{visibility:visible}${gone}}`;
  });
  return `${rules.join('')}@media(prefers-reduced-motion:reduce){g{animation:none!important}}`;
}
