import type {Output} from './output.ts';

/** The terminal goes back to who had it before, for a while or for good, whatever state the screen is in. */
export type Handover = {giveBack(): void; takeBack(): void};

export function createHandover(stdin: NodeJS.ReadStream, output: Output, redraw: () => void): Handover {
  let givenBack = false;
  let wasRaw = false;
  const giveBack = (): void => {
    if (givenBack) return;
    givenBack = true;
    output.giveBack();
    wasRaw = stdin.isRaw === true;
    if (wasRaw) stdin.setRawMode(false);
  };
  return {
    giveBack,
    takeBack() {
      // Not yet, when we were stopped without a warning: the shell may have changed anything since.
      giveBack();
      givenBack = false;
      // First of all, because here a program in the background is stopped until it may draw.
      if (wasRaw) stdin.setRawMode(true);
      output.takeBack();
      redraw();
    },
  };
}
