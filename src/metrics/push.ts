import type {ExportResult} from '@opentelemetry/core';
import type {OTLPMetricExporter} from '@opentelemetry/exporter-metrics-otlp-http';
import type {PushMetricExporter} from '@opentelemetry/sdk-metrics';
import {sanitize} from '../core/text/sanitize.ts';
import type {MetricsSource} from './metrics.ts';
import {createProducer} from './producer.ts';
import type {PushSettings} from './push-settings.ts';

/** OpenTelemetry: the metrics are sent to a collector, as often as the environment says. Loads the SDK. */
export type Push = {
  /** Sends what is known by now; a collector that does not answer holds nobody up. */
  close(): Promise<void>;
};
export type PushOptions = Pick<PushSettings, 'intervalMs' | 'timeoutMs'> & {
  version: string;
  /** Why the last ones were not delivered; null when they were. */
  onOutcome(why: string | null): void;
};

const closeWithinMs = 1000;

export async function startPush(source: MetricsSource, options: PushOptions): Promise<Push> {
  const sdk = await openTelemetry();
  let last: string | null = null;
  const exporter = heard(new sdk.OTLPMetricExporter(), why => {
    last = why;
    options.onOutcome(why);
  });
  const reader = new sdk.PeriodicExportingMetricReader({
    exporter,
    metricProducers: [createProducer(sdk, source, options.version, exporter)],
    exportIntervalMillis: options.intervalMs,
    exportTimeoutMillis: options.timeoutMs,
  });
  const provider = new sdk.MeterProvider({resource: resourceOf(sdk, options.version), readers: [reader]});
  return {
    // One that was away a moment ago is not waited for. What is late is of no interest any more.
    close: () => provider.shutdown({timeoutMillis: last === null ? closeWithinMs : 1}).catch(() => {}),
  };
}

/** One request to the collector, with nothing in it; null when it takes it, else why not. */
export async function tryCollector(timeoutMillis: number): Promise<string | null> {
  const {OTLPMetricExporter, emptyResource} = await openTelemetry();
  const exporter = new OTLPMetricExporter({timeoutMillis});
  const nothing = {resource: emptyResource(), scopeMetrics: []};
  const result = await new Promise<ExportResult>(resolve => exporter.export(nothing, resolve));
  await exporter.shutdown();
  return whyOf(result);
}

/** The exporter, and what comes of each export. */
const heard = (exporter: OTLPMetricExporter, onOutcome: (why: string | null) => void): PushMetricExporter => ({
  export: (metrics, done) =>
    exporter.export(metrics, result => {
      onOutcome(whyOf(result));
      done(result);
    }),
  forceFlush: () => exporter.forceFlush(),
  shutdown: () => exporter.shutdown(),
  selectAggregationTemporality: type => exporter.selectAggregationTemporality(type),
});

/** In a few words: a status or a code of the system, else what the error says. */
function whyOf({code, error}: ExportResult): string | null {
  if (code === 0) return null;
  const reason: unknown = error !== undefined && 'code' in error ? error.code : undefined;
  if (typeof reason === 'number') return `HTTP ${reason}`;
  return typeof reason === 'string' ? reason : sanitize(error?.message ?? 'no answer');
}

/** OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME stand over what the program says of itself. */
const resourceOf = (sdk: OpenTelemetry, version: string) =>
  sdk
    .defaultResource()
    .merge(sdk.resourceFromAttributes({'service.name': 'mystatus-tui', 'service.version': version}))
    .merge(sdk.detectResources({detectors: [sdk.envDetector]}));

type OpenTelemetry = Awaited<ReturnType<typeof openTelemetry>>;

/** Optional packages. Bundled, a CommonJS module has its names on `default` alone. */
async function openTelemetry() {
  try {
    const [sdk, exporter, resources] = [
      await import('@opentelemetry/sdk-metrics'),
      await import('@opentelemetry/exporter-metrics-otlp-http'),
      await import('@opentelemetry/resources'),
    ];
    return {...sdk.default, ...exporter.default, ...resources.default};
  } catch (cause) {
    const names = '@opentelemetry/sdk-metrics @opentelemetry/exporter-metrics-otlp-http';
    throw new Error(`packages for OpenTelemetry are not installed: npm install ${names}`, {cause});
  }
}
