import {createCommands} from '../../controllers/commands.ts';
import {type Controller, createController, notify, wholeSecond} from '../../controllers/controller.ts';
import {handleMouse} from '../../controllers/mouse.ts';
import {actionFor, type Keymap} from '../../view/keymap/table.ts';
import {remembering} from '../../view/sharing.ts';
import {showsSeconds} from '../../view/shows-seconds.ts';
import {stringsFor} from '../../view/strings/index.ts';
import type {PageParts} from '../page-parts.ts';
import {type Connection, connect, type Link} from './connection.ts';
import {keyName} from './keys.ts';
import {followLink} from './link.ts';
import {type Known, knownFrom, withParts} from './parts.ts';
import {followPointer} from './pointer.ts';
import {isReadOnly, isReadOnlyMode} from './read-only.ts';
import {createServices} from './services.ts';
import {browserLanguage, createBrowserTerminal} from './terminal.ts';
import {openToken} from './token.ts';
import {followTyping} from './typing.ts';
import {createView} from './view.ts';

/** The page: the screen of the terminal, in a browser, fed by the server's events. */

const root = document.getElementById('screen') as HTMLElement;
const messageMs = 4000;
const minuteMs = 60_000;

/** How much the server's clock is ahead of this one: ages are told by the clock that they were taken by. */
let aheadMs = 0;
const now = (): number => Date.now() + aheadMs;
// Less than that is the way that the message took.
const sameMs = 2000;

let parts: PageParts = {};
let screen: {version: string; take(known: Known): void; reread(): void} | null = null;
const token = openToken();
const showLink = followLink(document.getElementById('link') as HTMLElement, stringsFor(browserLanguage()).page, given =>
  connection.restart(given),
);

const connection: Connection = connect(token, {
  onMessage(message, isFirst) {
    const ahead = message.now - Date.now();
    aheadMs = Math.abs(ahead) < sameMs ? 0 : ahead;
    parts = withParts(isFirst ? {} : parts, message.parts);
    const known = knownFrom(parts);
    // Another version has another page.
    if (screen !== null && screen.version !== known.program.version) return location.reload();
    screen ??= openScreen(known);
    screen.take(known);
    if (isFirst) screen.reread();
  },
  onLink(link: Link) {
    showLink(link);
    root.dataset.link = link;
  },
});
window.addEventListener('online', () => connection.restart());
// A telephone that slept need not wait for the next try.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && root.dataset.link === 'lost') connection.restart();
});
connection.restart();

function openScreen(known: Known) {
  const page = createServices(known, now);
  const whole = createController(page.services, createBrowserTerminal(), {});
  const controller = {...whole, keymap: withoutReadOnly(whole.keymap)};
  page.followHistory(controller.histories.of.get);
  const allows = (action: Parameters<typeof isReadOnly>[0]): boolean => {
    if (isReadOnly(action)) notify(controller, controller.context().strings.page.readOnly);
    return !isReadOnly(action);
  };
  const commands = createCommands(controller, {exit() {}, suspend() {}}, allows);
  const view = createView(controller, whole.keymap, commands, root);
  const typing = followTyping(controller, document.getElementById('typing') as HTMLInputElement);
  let isAwaited = false;
  function draw(): void {
    isAwaited = false;
    view.draw();
    typing.follow();
  }
  /** Several changes at once are one frame. */
  function drawSoon(): void {
    if (isAwaited) return;
    isAwaited = true;
    requestAnimationFrame(draw);
  }
  controller.subscribe(drawSoon);
  new ResizeObserver(drawSoon).observe(document.documentElement);
  void document.fonts.ready.then(drawSoon);
  followPointer(root, controller, mouse => handleMouse(controller, commands, mouse));
  followKeys({...controller, keymap: whole.keymap}, commands.key, allows, () => {
    draw();
    view.focused()?.scrollIntoView({block: 'nearest'});
  });
  forgetMessages(controller);
  followClock(controller);
  return {
    version: known.program.version,
    take: page.take,
    reread: () =>
      void connection
        .history()
        .then(page.setHistory)
        .then(controller.histories.begin)
        .catch(() => {}),
  };
}

/** Footer, help and palette offer what can be done here. */
function withoutReadOnly(whole: () => Keymap): () => Keymap {
  const shown = remembering(
    (all: Keymap): Keymap => all.filter(({name, modes}) => !isReadOnly(name) && !modes.every(isReadOnlyMode)),
  );
  return () => shown(whole());
}

/** `controller` has all keys. */
function followKeys(
  controller: Controller,
  run: (key: string) => void,
  allows: (action: Parameters<typeof isReadOnly>[0]) => boolean,
  done: () => void,
): void {
  document.addEventListener('keydown', event => {
    const key = keyName(event);
    if (key === null || isElsewhere(event, key, controller)) return;
    event.preventDefault();
    const ui = controller.ui.get();
    const usual = ui.typing || ui.palette !== null ? undefined : actionFor(controller.keymap(), ui.mode, key);
    // Its key is nobody's here: what it would do elsewhere is said.
    if (usual !== undefined && isReadOnly(usual)) allows(usual);
    else run(key);
    done();
  });
}

/** Keys that are for a field or a button; Tab leaves the panels behind the last one and before the first. */
function isElsewhere({target}: KeyboardEvent, key: string, controller: Controller): boolean {
  if (target instanceof HTMLInputElement)
    return target.id !== 'typing' || !/^(return|escape|up|down|pageup|pagedown|tab|shift\+tab)$/.test(key);
  if (target instanceof HTMLButtonElement) return /^(return| |tab|shift\+tab)$/.test(key);
  if (key !== 'tab' && key !== 'shift+tab') return false;
  const {panels, focus, table} = controller.model();
  const end = key === 'tab' ? panels.at(-1) : panels[0];
  return panels.length === 0 || (table === null && end?.info.id === focus);
}

/** What was said stands for a while. */
function forgetMessages({ui, dispatch}: Controller): void {
  let timer = 0;
  let shown = ui.get().message;
  ui.subscribe(() => {
    const {message} = ui.get();
    if (message === shown) return;
    shown = message;
    clearTimeout(timer);
    if (message !== null) timer = window.setTimeout(() => dispatch({type: 'clear-message', id: message.id}), messageMs);
  });
}

/** As finely as the texts show it: by minutes, or by seconds. */
function followClock(controller: Controller): void {
  const tick = (): void => {
    const current = now();
    const step = showsSeconds(controller.ui.get(), controller.state(), current) ? 1000 : minuteMs;
    const shown = controller.now.get();
    if (current - shown >= step || current < shown || Math.floor(current / step) !== Math.floor(shown / step))
      controller.now.set(wholeSecond(current));
    window.setTimeout(tick, Math.min(1000, step - (current % step) + 1));
  };
  tick();
}
