import {type MetricsSource, metrics, snapshotOf} from './metrics.ts';

/** The body of `/metrics`: Prometheus text. Rejects, with a line that says so, where `prom-client` is not installed. */
export async function metricsText(source: MetricsSource): Promise<{contentType: string; body: string}> {
  const {Registry, Gauge, Counter} = (await promClient()).default;
  const registry = new Registry();
  const snapshot = snapshotOf(source);
  for (const {name, help, kind, labelNames, samples} of metrics) {
    const options = {name, help, labelNames: [...labelNames], registers: [registry]};
    if (kind === 'gauge') {
      const gauge = new Gauge(options);
      for (const {labels, value} of samples(snapshot)) gauge.set(labels, value);
    } else {
      const counter = new Counter(options);
      for (const {labels, value} of samples(snapshot)) counter.inc(labels, value);
    }
  }
  return {contentType: registry.contentType, body: await registry.metrics()};
}

/** An optional package. Bundled, a CommonJS module has its names on `default` alone. */
const promClient = () =>
  import('prom-client').catch((cause: unknown) => {
    throw new Error('metrics need the package prom-client: npm install prom-client', {cause});
  });
