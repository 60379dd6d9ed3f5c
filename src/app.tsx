import {Body} from './components/dashboard.tsx';
import {Dialog} from './components/dialogs/dialog.tsx';
import {Rows} from './components/rows.tsx';
import {Screen} from './components/screen.tsx';
import {dialogOf} from './controllers/dialogs.ts';
import type {Services} from './core/services.ts';
import type {Display} from './core/settings.ts';
import {useController} from './hooks/use-controller.ts';
import {useKeys} from './hooks/use-keys.ts';
import {useMouse} from './hooks/use-mouse.ts';
import {useNow} from './hooks/use-now.ts';
import {usePolling} from './hooks/use-polling.ts';
import {useStore} from './hooks/use-store.ts';
import {isFine} from './view/layout/screen-model.ts';
import {asideOf, footOf, hasFooter, hasHeader, headOf, insteadOfPanels} from './view/rows/footer.ts';
import {tinyLine} from './view/rows/header.ts';
import type {TerminalControl} from './view/terminal.ts';

type Props = {
  services: Services;
  terminal: TerminalControl;
  /** What the command line asked for, over the settings. */
  initial?: Partial<Display>;
};

/** The screen: what stands where. What it says and how it is drawn is decided in `view/` and `components/`. */
export function App({services, terminal, initial = {}}: Props) {
  const {columns, rows} = useStore(terminal.size);
  const {controller, commands} = useController(services, terminal, initial);
  controller.size = {columns, rows};
  usePolling(
    services.monitor,
    services.catalogue.map(info => info.id),
  );
  useKeys(commands, terminal);
  const display = controller.display();
  useMouse(controller, commands, display.mouse);

  const ui = controller.ui.get();
  const fine = isFine(ui, controller.state(), services.now());
  const context = controller.context(useNow(services.now, fine, ui.mode));
  const model = controller.model(context.now);
  const state = controller.state();
  const {layout} = model;
  const still = terminal.reducedMotion ? display.motion !== 'on' : display.motion === 'off';

  if (layout.kind === 'line') {
    return (
      <Screen columns={columns} rows={rows}>
        <Rows lines={[tinyLine(model.panels, columns, context)]} width={columns} context={context} />
      </Screen>
    );
  }
  const dialog = dialogOf(controller, context);
  const message = insteadOfPanels(model, state, controller.keymap(), ui, context);
  const aside = asideOf(model, controller.keymap(), columns, context);
  const foot = footOf(ui, controller.logins.get().form, controller.keymap(), model, context).lines;
  return (
    <Screen columns={columns} rows={rows}>
      {dialog ? (
        <Dialog dialog={dialog} context={context} />
      ) : message ? (
        <Rows lines={message} y={1} width={columns} context={context} />
      ) : (
        <Body model={model} still={still} context={context} />
      )}
      {layout.aside && !dialog && <Rows lines={[aside]} y={rows - 2} width={columns} context={context} />}
      {hasHeader(ui, model) && <Rows lines={headOf(ui, state, model, context)} width={columns} context={context} />}
      {hasFooter(ui, model) && <Rows lines={foot} y={rows - foot.length} width={columns} context={context} />}
    </Screen>
  );
}
