import type {AggregationTemporality, MetricData, MetricProducer, PushMetricExporter} from '@opentelemetry/sdk-metrics';
import {type Metric, type MetricsSource, metrics, type Sample, snapshotOf} from './metrics.ts';

type Sdk = Pick<
  typeof import('@opentelemetry/sdk-metrics') & typeof import('@opentelemetry/resources'),
  'AggregationTemporality' | 'DataPointType' | 'InstrumentType' | 'emptyResource'
>;
type Time = [seconds: number, nanoseconds: number];
type Span = {startTime: Time; endTime: Time};

/**
 * The metrics as the SDK takes them from another source. An instrument of its own would go on to send the last value of
 * what is gone or not known any more.
 */
export function createProducer(
  sdk: Sdk,
  source: MetricsSource,
  version: string,
  exporter: Pick<PushMetricExporter, 'selectAggregationTemporality'>,
): MetricProducer {
  const wanted = exporter.selectAggregationTemporality?.(sdk.InstrumentType.OBSERVABLE_COUNTER);
  const isDelta = wanted === sdk.AggregationTemporality.DELTA;
  const temporality = isDelta ? sdk.AggregationTemporality.DELTA : sdk.AggregationTemporality.CUMULATIVE;
  const increase = createIncrease();
  let startTime = timeOf(source.now());
  return {
    async collect() {
      const snapshot = snapshotOf(source);
      const span = {startTime, endTime: timeOf(snapshot.now)};
      if (isDelta) startTime = span.endTime;
      const data = metrics.flatMap(metric => {
        const samples = metric.samples(snapshot);
        const told = isDelta && metric.kind === 'counter' ? samples.map(increase) : samples;
        return told.length === 0 ? [] : [dataOf(sdk, metric, told, span, temporality)];
      });
      const scopeMetrics = data.length === 0 ? [] : [{scope: {name: 'mystatus-tui', version}, metrics: data}];
      return {resourceMetrics: {resource: sdk.emptyResource(), scopeMetrics}, errors: []};
    },
  };
}

function dataOf(
  {AggregationTemporality, DataPointType}: Sdk,
  {name, help, kind}: Metric,
  samples: readonly Sample[],
  span: Span,
  ofCounters: AggregationTemporality,
): MetricData {
  // Units by their names in UCUM; 1 is `DOUBLE`.
  const unit = name.endsWith('_seconds') ? 's' : name.endsWith('_ratio') ? '1' : '';
  const descriptor = {name, description: help, unit, valueType: 1};
  const dataPoints = samples.map(({labels, value}) => ({...span, attributes: labels, value}));
  return kind === 'counter'
    ? {descriptor, dataPoints, dataPointType: DataPointType.SUM, isMonotonic: true, aggregationTemporality: ofCounters}
    : {
        descriptor,
        dataPoints,
        dataPointType: DataPointType.GAUGE,
        aggregationTemporality: AggregationTemporality.CUMULATIVE,
      };
}

/** By how much each counter grew since it was last told. */
function createIncrease(): (sample: Sample) => Sample {
  const before = new Map<string, number>();
  return ({labels, value}) => {
    const name = JSON.stringify(labels);
    const grown = value - (before.get(name) ?? 0);
    before.set(name, value);
    return {labels, value: grown};
  };
}

const timeOf = (ms: number): Time => [Math.floor(ms / 1000), (Math.floor(ms) % 1000) * 1_000_000];
