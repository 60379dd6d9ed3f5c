import type {Controller} from '../../controllers/controller.ts';
import type {MouseEvent as Cell} from '../../view/mouse.ts';
import {isCovered} from '../../view/ui-state.ts';
import {cellSize} from './view.ts';

/** Clicks, the wheel and fingers, in cells. Where the page itself is what scrolls, the browser does it. */
export function followPointer(root: HTMLElement, controller: Controller, handle: (mouse: Cell) => void): void {
  const at = (event: {clientX: number; clientY: number}): {x: number; y: number} => {
    const {left, top} = root.getBoundingClientRect();
    const {width, height} = cellSize(root);
    return {x: Math.floor((event.clientX - left) / width), y: Math.floor((event.clientY - top) / height)};
  };
  root.addEventListener('click', event => {
    if (event.target instanceof HTMLButtonElement || getSelection()?.isCollapsed === false) return;
    const inside = event.target instanceof Element ? event.target : root;
    const {x, y} = at(event);
    // Head and foot stay where they are while the rest is scrolled.
    const fixed =
      inside.closest('.head') !== null ? 0 : inside.closest('.foot') !== null ? controller.size().rows - 1 : y;
    handle({kind: 'press', x, y: fixed});
  });
  const scrollsItself = (): boolean => !isCovered(controller.ui.get()) && controller.model().table === null;
  let turned = 0;
  const turn = (pixels: number, where: {x: number; y: number}): void => {
    turned += pixels;
    const {height} = cellSize(root);
    for (; Math.abs(turned) >= height; turned -= Math.sign(turned) * height)
      handle({kind: turned > 0 ? 'wheel-down' : 'wheel-up', ...where});
  };
  root.addEventListener(
    'wheel',
    event => {
      if (scrollsItself() || event.ctrlKey) return;
      event.preventDefault();
      turn(
        event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY / 3 : event.deltaY * cellSize(root).height,
        at(event),
      );
    },
    {passive: false},
  );
  let finger: number | null = null;
  root.addEventListener('touchstart', ({touches}) => {
    finger = scrollsItself() ? null : (touches[0]?.clientY ?? null);
  });
  root.addEventListener('touchmove', ({touches}) => {
    const [touch] = touches;
    if (finger === null || touch === undefined) return;
    turn(finger - touch.clientY, at(touch));
    finger = touch.clientY;
  });
}
