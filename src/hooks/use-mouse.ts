import {useEffect} from 'react';
import {footOf, hasFooter, hasHeader} from '../view/footer.ts';
import type {MouseEvent} from '../view/mouse.ts';
import {panelAt} from '../view/neighbour.ts';
import * as act from './actions.ts';
import type {Commands} from './commands.ts';
import {isTypingLogin} from './credentials-desk.ts';
import type {Desk} from './desk.ts';

/** Click focuses a panel, a second click opens it; the wheel scrolls; the footer's keys can be clicked. */
export function useMouse(desk: Desk, commands: Commands, enabled: boolean): void {
  const {terminal} = desk;
  useEffect(() => {
    terminal.setMouse(enabled);
    if (!enabled) return;
    const stop = terminal.listen(event => (event.type === 'mouse' ? handle(desk, commands, event.mouse) : undefined));
    return () => {
      stop();
      terminal.setMouse(false);
    };
  }, [desk, commands, terminal, enabled]);
}

const wheelRows = 3;

function handle(desk: Desk, commands: Commands, mouse: MouseEvent): void {
  if (mouse.kind === 'press') press(desk, commands, mouse);
  else turn(desk, commands, mouse, mouse.kind === 'wheel-down');
}

function turn(desk: Desk, commands: Commands, at: {x: number; y: number}, down: boolean): void {
  const {mode} = desk.ui.get();
  if (isTypingLogin(desk)) {
    commands.key(down ? 'down' : 'up');
    return;
  }
  // Lists move their selection; everything else moves what is seen.
  if (mode === 'settings' || mode === 'credentials') {
    commands.run(down ? 'down' : 'up');
    return;
  }
  const scene = desk.scene(desk.program.now());
  // Where not all panels have room, the wheel goes through them: to focus what lies under it would move the list about.
  if (mode === 'panels' && scene.layout.above + scene.layout.below > 0) {
    act.move(desk, scene, down ? 'down' : 'up');
    return;
  }
  const under = mode === 'panels' ? panelAt(scene.layout.placements, at.x, at.y) : undefined;
  if (under) desk.dispatch({type: 'focus', id: under.id});
  act.scrollBy(desk, desk.scene(desk.program.now()), down ? wheelRows : -wheelRows);
}

function press(desk: Desk, commands: Commands, at: {x: number; y: number}): void {
  const scene = desk.scene(desk.program.now());
  const ui = desk.ui.get();
  if (at.y === desk.size.rows - 1 && hasFooter(ui, scene)) {
    const foot = footOf(ui, desk.logins.get().form, desk.keymap(), scene, desk.look(desk.program.now()));
    const hit = foot.hits.find(each => at.x >= each.from && at.x < each.to);
    // As a key, so that it means what it would mean there.
    if (hit) commands.key(hit.key);
    return;
  }
  if (at.y === 0 && scene.notices > 0 && hasHeader(ui, scene)) {
    commands.run('notices');
    return;
  }
  const under = ui.mode === 'panels' ? panelAt(scene.layout.placements, at.x, at.y) : undefined;
  if (!under) return;
  if (under.id === scene.focus) commands.run('open');
  else desk.dispatch({type: 'focus', id: under.id});
}
