import {pushSettings} from '../metrics/push-settings.ts';
import type {Check} from '../output/doctor-report.ts';

const base = {id: 'opentelemetry', title: 'OpenTelemetry'} as const;
const hint = 'check the OTEL_* variables and the collector';

/** Whether the collector that the environment names takes metrics; no check where none is named. */
export async function metricsChecks(env: NodeJS.ProcessEnv, timeoutMs: number): Promise<Check[]> {
  const settings = pushSettings(env);
  if (settings === null) return [];
  const {collector, problems} = settings;
  const wrong = problems.map((detail): Check => ({...base, status: 'warn', detail, hint}));
  if (collector === null) return wrong;
  const {tryCollector} = await import('../metrics/push.ts');
  const why = await tryCollector(timeoutMs).catch((error: Error) => error.message);
  const check: Check =
    why === null
      ? {...base, status: 'ok', detail: `${collector} takes metrics`}
      : {...base, status: 'warn', detail: `${collector} does not take metrics: ${why}`, hint};
  return [...wrong, check];
}
