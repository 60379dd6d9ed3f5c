import {mouseEvent} from '../view/mouse.ts';
import type {TerminalEvent} from '../view/terminal.ts';

export type Heard = TerminalEvent | {type: 'background'; reply: string};

// Mouse reports, the forms of F1, and the answer to OSC 11: what Ink drops, or would take for typed text.
const reports =
  /\u001b\[<(\d+);(\d+);(\d+)([Mm])|\u001b(OP|\[11~|\[\[A|\[P)|\u001b\]11;([^\u0007\u001b]*)(?:\u0007|\u001b\\)/g;
// The beginning of a report at the end of a read: the rest comes with the next one. Nothing that a key could send behind
// Alt+] is in it, or that key and all after it would be held back.
const unfinished = /\u001b(?:\[<[\d;]*|\](?:1|11|11;[rgba:/\da-f]*\u001b?)?)$/i;
const longestUnfinished = 64;

/** Splits what was read into what is for Ink and what is for us. */
export function createFilter(hear: (heard: Heard) => void): (chunk: string) => string {
  let pending = '';
  return chunk => {
    const text = pending + chunk;
    pending = '';
    const rest = text.replace(
      reports,
      (_all, button?: string, column?: string, row?: string, end?: string, f1?: string, reply?: string) => {
        if (f1 !== undefined) hear({type: 'key', key: 'f1'});
        else if (reply !== undefined) hear({type: 'background', reply});
        else hearMouse(hear, Number(button), Number(column), Number(row), end === 'm');
        return '';
      },
    );
    const tail = unfinished.exec(rest);
    if (!tail || tail[0].length > longestUnfinished) return rest;
    pending = tail[0];
    return rest.slice(0, tail.index);
  };
}

function hearMouse(hear: (heard: Heard) => void, button: number, column: number, row: number, released: boolean): void {
  const mouse = mouseEvent(button, column, row, released);
  if (mouse) hear({type: 'mouse', mouse});
}

/** The input stream with everything that is for us taken out; Ink reads from it as from the terminal itself. */
export function tapInput<Input extends NodeJS.ReadableStream>(stdin: Input, hear: (heard: Heard) => void): Input {
  const filter = createFilter(hear);
  return new Proxy(stdin, {
    get(target, property) {
      if (property === 'read') {
        return (size?: number) => {
          const chunk: unknown = target.read(size);
          return chunk === null ? null : filter(String(chunk));
        };
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
