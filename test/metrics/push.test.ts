import {afterEach, expect, it} from 'vitest';
import {parseCommandLine} from '../../src/commands/args/parse.ts';
import {metricsChecks} from '../../src/commands/doctor-metrics.ts';
import {pushMetrics} from '../../src/commands/push.ts';
import {pushSettings} from '../../src/metrics/push-settings.ts';
import {fakeProgram} from '../support/program.ts';
import {type Handler, type Service, startService} from '../support/service.ts';
import {fresh, freshAccounts, monitorState} from '../support/state.ts';
import {until} from '../support/until.ts';

type Point = {attributes: {key: string; value: {stringValue: string}}[]; asDouble: number};
type Body = {
  resourceMetrics: {
    resource: {attributes: {key: string; value: {stringValue: string}}[]};
    scopeMetrics: {metrics: {name: string; gauge?: {dataPoints: Point[]}; sum?: {dataPoints: Point[]}}[]}[];
  }[];
};

const before = {...process.env};
const opened: {close(): Promise<void>}[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) delete process.env[name];
  Object.assign(process.env, before);
});

const taken: Handler = () => ({status: 200, body: {}});

/** A collector on loopback, and the program that pushes to it every 20 ms. */
async function pushing(handler: Handler = taken, env: Record<string, string> = {}, argv: string[] = []) {
  const collector = await startService(handler);
  Object.assign(process.env, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
    OTEL_METRIC_EXPORT_INTERVAL: '20',
    OTEL_EXPORTER_OTLP_TIMEOUT: '100',
    ...env,
  });
  const program = fakeProgram(fresh());
  const lines: string[][] = [];
  const push = pushMetrics(parseCommandLine(argv, []), program, now => lines.push(now));
  opened.push(collector, push);
  return {collector, program, lines, push};
}

const bodiesOf = ({requests}: Service): Body[] => requests.map(({body}) => JSON.parse(body) as Body);
const lastBody = (service: Service): Body | undefined => bodiesOf(service).at(-1);
const heard = (service: Service, count = 1): Promise<void> =>
  until(
    () => service.requests.length >= count,
    () => `heard ${service.requests.length} requests`,
  );

/** 'openai:3f2a91c0 5h' → value. */
function valuesOf(body: Body | undefined, name: string): Record<string, number> {
  const metrics = body?.resourceMetrics.flatMap(each => each.scopeMetrics.flatMap(scope => scope.metrics)) ?? [];
  const metric = metrics.find(each => each.name === name);
  const points = (metric?.gauge ?? metric?.sum)?.dataPoints ?? [];
  return Object.fromEntries(
    points.map(({attributes, asDouble}) => [
      attributes
        .filter(({key}) => key !== 'provider')
        .map(({value}) => value.stringValue)
        .join(' '),
      asDouble,
    ]),
  );
}

it('sends the metrics with the headers and the resource of the environment', async () => {
  const {collector, lines} = await pushing(taken, {
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=blue%20one',
    OTEL_RESOURCE_ATTRIBUTES: 'host.name=desk,service.version=9',
  });
  await heard(collector);
  const [request] = collector.requests;
  expect(request).toMatchObject({method: 'POST', path: '/v1/metrics', headers: {'x-team': 'blue one'}});
  const resource = lastBody(collector)?.resourceMetrics[0]?.resource.attributes.map(({key, value}) => [
    key,
    value.stringValue,
  ]);
  expect(resource).toEqual(
    expect.arrayContaining([
      ['service.name', 'mystatus-tui'],
      ['host.name', 'desk'],
      ['service.version', '9'],
    ]),
  );
  expect(valuesOf(lastBody(collector), 'mystatus_used_ratio')).toMatchObject({
    'zhipu:0c93d455 5h': 0.34,
    'zhipu:0c93d455 weekly': 0.71,
  });
  expect(lines).toEqual([]);
});

it('sends nothing of an account that is gone', async () => {
  const {collector, program} = await pushing();
  await heard(collector);
  program.state.set(monitorState(freshAccounts().filter(({provider}) => provider === 'zhipu')));
  await heard(collector, collector.requests.length + 2);
  expect(Object.keys(valuesOf(lastBody(collector), 'mystatus_up'))).toEqual(['zhipu:0c93d455']);
});

it('tells a counter since the start, or since the last time where that is wanted', async () => {
  const requests = (count: number) => () => [
    {provider: 'zhipu', account: 'zhipu:0c93d455', outcome: 'ok' as const, count},
  ];
  for (const [preference, second] of [
    ['cumulative', 9],
    ['delta', 4],
  ] as const) {
    const {collector, program} = await pushing(taken, {OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference});
    program.monitor.requests = requests(5);
    const told = () => bodiesOf(collector).map(body => valuesOf(body, 'mystatus_requests_total')['zhipu:0c93d455 ok']);
    await until(
      () => told().includes(5),
      () => JSON.stringify(told()),
    );
    program.monitor.requests = requests(9);
    await until(
      () => told().includes(second),
      () => JSON.stringify(told()),
    );
  }
});

it('says once that the collector does not take them, and no more when it does', async () => {
  const refusing: Handler = () => ({status: 401, body: 'who is token-of-nobody'});
  const {collector, lines} = await pushing(refusing, {
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20token-of-nobody',
  });
  await heard(collector, 4);
  expect(lines).toEqual([[`metrics were not delivered to ${collector.origin}: HTTP 401`]]);
  collector.answerWith(taken);
  await until(
    () => lines.length === 2,
    () => JSON.stringify(lines),
  );
  expect(lines[1]).toEqual([]);
});

it('says that there is no collector', async () => {
  const {collector, lines} = await pushing();
  await collector.close();
  await until(
    () => lines.length > 0,
    () => 'nothing was said',
  );
  expect(lines).toEqual([[`metrics were not delivered to ${collector.origin}: ECONNREFUSED`]]);
});

it('sends what is known at the end, and a collector that does not answer holds nobody up', async () => {
  const late = {OTEL_METRIC_EXPORT_INTERVAL: '3600000'};
  const {collector, push} = await pushing(taken, late);
  await push.close();
  expect(Object.keys(valuesOf(lastBody(collector), 'mystatus_up'))).toHaveLength(5);
  const silent = await pushing(() => ({misbehave: 'stall-headers'}), {...late, OTEL_EXPORTER_OTLP_TIMEOUT: '600000'});
  await silent.push.close();
  expect(silent.collector.requests).toHaveLength(1);
});

it('is checked by the doctor, which shows no header', async () => {
  const {collector} = await pushing(taken, {OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20token-of-nobody'});
  const [well] = await metricsChecks(process.env, 200);
  expect(well).toMatchObject({status: 'ok', detail: `${collector.origin} takes metrics`});
  collector.answerWith(() => ({status: 403, body: 'token-of-nobody'}));
  const [refused] = await metricsChecks(process.env, 200);
  expect(refused).toMatchObject({status: 'warn', detail: `${collector.origin} does not take metrics: HTTP 403`});
  expect(await metricsChecks({}, 200)).toEqual([]);
});

it('sends nothing in the demo', async () => {
  const {collector, push} = await pushing(taken, {}, ['--demo']);
  await push.close();
  expect(collector.requests).toEqual([]);
});

it('is asked for by an address alone, unless the environment says otherwise', () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'https://user:pass@collector.example:4318/base?key=k';
  expect(pushSettings({})).toBeNull();
  expect(pushSettings({OTEL_EXPORTER_OTLP_ENDPOINT: ' '})).toBeNull();
  expect(pushSettings({OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'TRUE'})).toBeNull();
  expect(pushSettings({OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_METRICS_EXPORTER: 'none'})).toBeNull();
  expect(pushSettings({OTEL_EXPORTER_OTLP_ENDPOINT})).toMatchObject({
    collector: 'https://collector.example:4318',
    problems: [],
    intervalMs: 60_000,
    timeoutMs: 30_000,
  });
});

it('names an address that is none, and a protocol that is not spoken', () => {
  expect(pushSettings({OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'collector:4318'})).toMatchObject({
    collector: null,
    problems: ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT is not an http or https address: no metrics are sent'],
  });
  const grpc = {OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc'};
  expect(pushSettings(grpc)?.problems).toEqual([
    'OTEL_EXPORTER_OTLP_PROTOCOL: gRPC is not supported, metrics are sent over HTTP (usually port 4318)',
  ]);
});

it('takes no interval that a timer cannot keep', () => {
  const of = (OTEL_METRIC_EXPORT_INTERVAL: string) =>
    pushSettings({OTEL_EXPORTER_OTLP_ENDPOINT: 'http://[::1]:4318', OTEL_METRIC_EXPORT_INTERVAL});
  expect(of('99999999999')?.intervalMs).toBe(2 ** 31 - 1);
  for (const bad of ['-5', '0', 'often', 'NaN']) expect(of(bad)?.intervalMs).toBe(60_000);
  expect(of('1500')).toMatchObject({intervalMs: 1500, timeoutMs: 1500});
});
