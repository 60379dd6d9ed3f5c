import {Body} from './components/body.tsx';
import {Rows} from './components/rows.tsx';
import {Screen} from './components/screen.tsx';
import {Sheet} from './components/sheet.tsx';
import type {Program} from './core/program.ts';
import type {Display} from './core/settings.ts';
import {sheetOf} from './hooks/sheets.ts';
import type {TerminalControl} from './hooks/terminal.ts';
import {useDesk} from './hooks/use-desk.ts';
import {useKeys} from './hooks/use-keys.ts';
import {useMouse} from './hooks/use-mouse.ts';
import {useNow} from './hooks/use-now.ts';
import {usePolling} from './hooks/use-polling.ts';
import {useStore} from './hooks/use-store.ts';
import {asideOf, footOf, hasFooter, hasHeader, headOf, insteadOfPanels} from './view/footer.ts';
import {tinyLine} from './view/header.ts';
import {isFine} from './view/scene.ts';

type Props = {
  program: Program;
  terminal: TerminalControl;
  /** What the command line asked for, over the settings. */
  initial?: Partial<Display>;
};

/** The screen: what stands where. What it says and how it is drawn is decided in `view/` and `components/`. */
export function App({program, terminal, initial = {}}: Props) {
  const {columns, rows} = useStore(terminal.size);
  const {desk, commands} = useDesk(program, terminal, initial);
  desk.size = {columns, rows};
  usePolling(
    program.monitor,
    program.catalogue.map(info => info.id),
  );
  useKeys(commands, terminal);
  const display = desk.display();
  useMouse(desk, commands, display.mouse);

  const ui = desk.ui.get();
  const fine = isFine(ui, desk.state(), program.now());
  const look = desk.look(useNow(program.now, fine, ui.mode));
  const scene = desk.scene(look.now);
  const state = desk.state();
  const {layout} = scene;
  const still = terminal.reducedMotion ? display.motion !== 'on' : display.motion === 'off';

  if (layout.kind === 'line') {
    return (
      <Screen columns={columns} rows={rows}>
        <Rows lines={[tinyLine(scene.panels, columns, look)]} width={columns} look={look} />
      </Screen>
    );
  }
  const sheet = sheetOf(desk, look);
  const message = insteadOfPanels(scene, state, desk.keymap(), ui, look);
  const aside = asideOf(scene, desk.keymap(), columns, look);
  const foot = footOf(ui, desk.logins.get().form, desk.keymap(), scene, look).lines;
  return (
    <Screen columns={columns} rows={rows}>
      {sheet ? (
        <Sheet sheet={sheet} look={look} />
      ) : message ? (
        <Rows lines={message} y={1} width={columns} look={look} />
      ) : (
        <Body scene={scene} still={still} look={look} />
      )}
      {layout.aside && !sheet && <Rows lines={[aside]} y={rows - 2} width={columns} look={look} />}
      {hasHeader(ui, scene) && <Rows lines={headOf(ui, state, scene, look)} width={columns} look={look} />}
      {hasFooter(ui, scene) && <Rows lines={foot} y={rows - foot.length} width={columns} look={look} />}
    </Screen>
  );
}
