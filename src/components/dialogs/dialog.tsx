import {dialogLines} from '../../controllers/dialog-lines.ts';
import {dialogOf} from '../../controllers/dialogs.ts';
import {useWhole} from '../../hooks/use-shown.ts';
import {useViewContext} from '../../hooks/use-view-context.ts';
import {Rows} from '../rows.tsx';

/** The view over the whole body: detail, help, settings, credentials, notices. */
export function Dialog() {
  const dialog = useWhole(dialogOf);
  const context = useViewContext();
  if (dialog === null) return null;
  return <Rows lines={dialogLines(dialog, context)} y={dialog.area.y} width={dialog.area.width} />;
}
