import type {Commands} from '../../controllers/commands.ts';
import type {Controller} from '../../controllers/controller.ts';
import {tinyLine} from '../../view/rows/header.ts';
import {plain} from '../../view/rows/line.ts';
import {sharing} from '../../view/sharing.ts';
import {type Block, type Blocks, blocksOf} from './blocks.ts';
import {element, rowElement, withoutFrame} from './draw.ts';
import {fitRows} from './fit.ts';
import {applyTheme, backgroundOf} from './theme.ts';

export type View = {
  /** Draws what has changed. */
  draw(): void;
  /** The element of what is focused. */
  focused(): HTMLElement | null;
};

const titleCells = 48;

/** `keymap`: with the keys of the terminal that are none here, for texts that say what to do there. */
export function createView(
  controller: Controller,
  keymap: Controller['keymap'],
  commands: Commands,
  root: HTMLElement,
): View {
  const [head, body, foot] = ['head', 'body', 'foot'].map(id => element('div', id)) as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  root.replaceChildren(head, body, foot);
  head.setAttribute('role', 'banner');
  body.setAttribute('role', 'main');
  foot.setAttribute('role', 'contentinfo');
  const shown = new Map<string, {block: Block; outer: HTMLElement}>();
  let last: Blocks | undefined;

  function drawBody(blocks: readonly Block[]): void {
    const ids = new Set(blocks.map(({id}) => id));
    for (const [id, {outer}] of shown)
      if (!ids.has(id)) {
        outer.remove();
        shown.delete(id);
      }
    blocks.forEach((block, index) => {
      const before = shown.get(block.id);
      const outer = before?.outer ?? element('section', '');
      if (before?.block !== block) drawBlock(outer, block, before?.block);
      // In the order in which they are read.
      if (body.children[index] !== outer) body.insertBefore(outer, body.children[index] ?? null);
      shown.set(block.id, {block, outer});
    });
  }

  return {
    draw() {
      const display = controller.display();
      document.documentElement.lang = display.language === 'auto' ? controller.terminal.language : display.language;
      const {themes} = controller.services.settings.store.get();
      const background = backgroundOf(display.theme, themes, controller.terminal.background.get());
      applyTheme(controller.context().theme, background);
      fitRows(controller, columnsOf(root), rowsOf(root));
      const next = sharing(last, blocksOf(controller, keymap()));
      if (next === last) return;
      if (next.head !== last?.head) head.replaceChildren(...next.head.map(rowElement));
      if (next.foot !== last?.foot) drawFoot(foot, next.foot, commands);
      drawBody(next.body);
      Object.assign(root.dataset, controller.size());
      root.style.setProperty('--rows', String(controller.size().rows));
      root.dataset.dialog = String(next.dialog);
      document.title = titleOf(controller);
      last = next;
    },
    focused: () => body.querySelector<HTMLElement>('[aria-current="true"]'),
  };
}

/** Its place, its frame, and those of its rows that are others than before. */
function drawBlock(outer: HTMLElement, block: Block, before: Block | undefined): void {
  const {x, y, width, framed, focused, label, id} = block;
  const lines = framed ? withoutFrame(block.lines) : block.lines;
  outer.className = `block${framed ? ' framed' : ''}${focused ? ' focused' : ''}`;
  outer.dataset.id = id;
  for (const [name, value] of Object.entries({x, y, width, height: lines.length}))
    outer.style.setProperty(`--${name}`, String(value));
  if (label === undefined) outer.removeAttribute('aria-label');
  else outer.setAttribute('aria-label', label);
  outer.setAttribute('aria-current', String(focused));
  while (outer.children.length > lines.length) outer.lastElementChild?.remove();
  lines.forEach((line, index) => {
    const old = outer.children[index];
    if (old !== undefined && before?.framed === framed && before.lines[index] === block.lines[index]) return;
    const row = rowElement(line);
    if (old === undefined) outer.append(row);
    else old.replaceWith(row);
  });
}

/** What can be pressed there is a button, for a finger and for a screen reader. */
function drawFoot(foot: HTMLElement, {lines, hits}: Blocks['foot'], commands: Commands): void {
  const rows = lines.map(rowElement);
  const last = rows.at(-1);
  if (last !== undefined && hits.length > 0) {
    const text = plain(lines.at(-1) ?? []);
    const buttons = hits.map(({key, from, to}) => {
      const button = element('button', 'key');
      button.setAttribute('aria-label', text.slice(from, to).trim());
      button.style.left = `${from}ch`;
      button.style.width = `${to - from}ch`;
      button.addEventListener('click', event => {
        event.stopPropagation();
        commands.key(key);
      });
      return button;
    });
    last.append(...buttons);
  }
  foot.replaceChildren(...rows);
}

/** The tightest limit of all, where a tab has room for it. */
function titleOf(controller: Controller): string {
  const tightest = plain(tinyLine(controller.model().all, titleCells, controller.context())).trim();
  return `${tightest.replace(/ +/g, ' ')} · mystatus`;
}

const bodyPadding = 10;

/** How many cells there are. */
function columnsOf(root: HTMLElement): number {
  return Math.max(1, Math.floor((root.clientWidth + 0.5) / cellSize(root).width));
}
function rowsOf(root: HTMLElement): number {
  const extra = Number.parseFloat(getComputedStyle(root).getPropertyValue('--foot-extra')) || 0;
  return Math.max(1, Math.floor((window.innerHeight - 2 * bodyPadding - extra) / cellSize(root).height));
}

const probeCells = 20;
export function cellSize(root: HTMLElement): {width: number; height: number} {
  const probe = root.parentElement?.querySelector<HTMLElement>('.probe');
  const {width = 800, height = 22} = probe?.getBoundingClientRect() ?? {};
  return {width: width / probeCells, height};
}
