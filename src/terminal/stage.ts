import type {Store} from '../core/store.ts';
import type {FirstFrame} from './first-frame.ts';
import {createHandover} from './handover.ts';
import {controlJob} from './job-control.ts';
import {coalesce, type Output} from './output.ts';
import {followSize, type Size} from './size.ts';
import {catchStray} from './stray.ts';

/** The terminal below Ink, all of it: what is written, its size, who has it, and who else would write to it. */
export type Stage = {
  output: Output;
  size: Store<Size>;
  /** Asks the terminal for its size and draws everything again. */
  redraw(): void;
  suspend(): Promise<boolean>;
  /** From now on everything is drawn again by this. */
  drawBy(repaint: () => void): void;
  /** Gives the terminal back at once and for good. */
  leave(): void;
  close(): void;
};

export type StageOptions = {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  /** Where others may write to the same terminal. */
  stderr?: NodeJS.WriteStream;
  /** What others wrote while it was ours. */
  heard?(text: string): void;
  /** See `coalesce`. */
  marks: boolean;
  painted?: Pick<FirstFrame, 'size'> | null;
};

export function openStage({stdin, stdout, stderr, heard, marks, painted = null}: StageOptions): Stage {
  let repaint = (): void => {};
  const size = followSize(stdout, () => repaint());
  const output = coalesce(stdout, {marks, size: size.store.get, painted: painted?.size ?? null});
  const redraw = (): void => {
    size.refresh();
    output.switchOn();
    repaint();
  };
  const handover = createHandover(stdin, output, redraw);
  const jobControl = controlJob(handover);
  // Behind our own way of writing.
  const letOthersWrite = catchStray(stderr ? [stdout, stderr] : [stdout], text => heard?.(text));
  const leave = (): void => {
    handover.giveBack();
    letOthersWrite();
  };
  return {
    output,
    size: size.store,
    redraw,
    suspend: jobControl.suspend,
    drawBy(next) {
      repaint = next;
    },
    leave,
    close() {
      jobControl.close();
      size.close();
      leave();
    },
  };
}
