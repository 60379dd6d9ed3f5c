import type {Services} from '../core/services.ts';
import {createRedactor} from '../core/text/redact.ts';
import {type PushSettings, pushSettings} from '../metrics/push-settings.ts';
import type {Asked} from './args/parse.ts';
import {demoIn} from './program.ts';

export type MetricsPush = {close(): Promise<void>};

const none: MetricsPush = {close: async () => {}};

/**
 * Sends the metrics to the collector that the environment names, if it does. `onLines` hears all that is to be said of it now,
 * whenever that is something else than before. The demo sends nothing.
 */
export function pushMetrics(asked: Asked, services: Services, onLines: (lines: string[]) => void): MetricsPush {
  const settings = demoIn(asked) === undefined ? pushSettings(process.env) : null;
  if (settings === null) return none;
  if (settings.problems.length > 0) onLines(settings.problems);
  if (settings.collector === null) return none;
  const tell = tellOf(settings, onLines);
  const starting = import('../metrics/push.ts')
    .then(({startPush}) =>
      startPush(services, {
        ...settings,
        version: services.version,
        onOutcome: why => tell(why === null ? null : `metrics were not delivered to ${settings.collector}: ${why}`),
      }),
    )
    .catch((error: unknown) => {
      tell(error instanceof Error ? error.message : String(error));
      return none;
    });
  return {close: async () => (await starting).close()};
}

/** Says a trouble once, until it is over. */
function tellOf(
  {problems, secrets}: PushSettings,
  onLines: (lines: string[]) => void,
): (trouble: string | null) => void {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.protect(secret);
  let isTold = false;
  return trouble => {
    if ((trouble !== null) === isTold) return;
    isTold = trouble !== null;
    onLines(trouble === null ? problems : [...problems, redactor.redact(trouble)]);
  };
}
