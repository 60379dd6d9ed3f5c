import {AgendaPane} from './components/agenda-pane.tsx';
import {Clock} from './components/clock.tsx';
import {Dashboard} from './components/dashboard.tsx';
import {Dialog} from './components/dialogs/dialog.tsx';
import {EmptyState} from './components/empty-state.tsx';
import {Footer} from './components/footer.tsx';
import {Header} from './components/header.tsx';
import {HistoryPane} from './components/history-pane.tsx';
import {NotSetUp} from './components/not-set-up.tsx';
import {Polling} from './components/polling.tsx';
import {Screen} from './components/screen.tsx';
import {TableView} from './components/table-view.tsx';
import {TightestLimit} from './components/tightest-limit.tsx';
import type {Controller} from './controllers/controller.ts';
import type {Services} from './core/services.ts';
import type {Display} from './core/settings.ts';
import {ControllerContext, useCommands, useController, useNewController} from './hooks/use-controller.ts';
import {useHistories} from './hooks/use-histories.ts';
import {useKeys} from './hooks/use-keys.ts';
import {useMessageTimeout} from './hooks/use-message-timeout.ts';
import {useMouse} from './hooks/use-mouse.ts';
import {useShown} from './hooks/use-shown.ts';
import {outlineOf} from './view/layout/outline.ts';
import type {TerminalControl} from './view/terminal.ts';

type Props = {
  services: Services;
  terminal: TerminalControl;
  /** What the command line asked for, over the settings. */
  initial?: Partial<Display>;
  /** The moment that is drawn first; without it, the present one. */
  now?: number | undefined;
};

/** The screen. What it says and where it stands is decided in `view/`; each component reads for itself what it draws. */
export function App({services, terminal, initial = {}, now}: Props) {
  return (
    <ControllerContext value={useNewController(services, terminal, initial, now)}>
      <Monitor />
    </ControllerContext>
  );
}

function Monitor() {
  const controller = useController();
  const commands = useCommands(controller);
  useKeys(commands, controller.terminal);
  useMouse(controller, commands);
  useMessageTimeout(controller);
  useHistories(controller);
  const polled = useShown(enabledIn);
  const {columns, rows, body, header, footer, notSetUp} = useShown(outline);
  return (
    <Screen columns={columns} rows={rows}>
      <Clock />
      {polled.map(provider => (
        <Polling key={provider} provider={provider} />
      ))}
      {body === 'tightest' && <TightestLimit columns={columns} />}
      {body === 'dialog' && <Dialog />}
      {body === 'empty' && <EmptyState columns={columns} />}
      {body === 'table' && <TableView />}
      {body === 'panels' && <Dashboard />}
      {(body === 'panels' || body === 'table') && <AgendaPane />}
      {(body === 'panels' || body === 'table') && <HistoryPane />}
      {notSetUp && <NotSetUp columns={columns} rows={rows} />}
      {header && <Header columns={columns} />}
      {footer && <Footer columns={columns} rows={rows} />}
    </Screen>
  );
}

const enabledIn = ({enabled}: Controller) => enabled();
const outline = ({ui, model}: Controller) => outlineOf(ui.get(), model());
