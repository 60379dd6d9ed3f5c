import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {metrics} from '../../src/metrics/metrics.ts';
import {ended, noPrometheus, type Prometheus, promtool, startPrometheus} from '../support/prometheus.ts';
import {program} from '../support/terminal.ts';
import {until} from '../support/until.ts';

const root = new URL('../..', import.meta.url).pathname;
const packaging = `${root}packaging`;

type Panel = {
  id: number;
  title: string;
  gridPos: {x: number; y: number; w: number; h: number};
  targets: {expr: string}[];
};
type Dashboard = {panels: Panel[]; templating: {list: {name: string; definition?: string}[]}};
const dashboard = JSON.parse(readFileSync(`${packaging}/grafana/mystatus.json`, 'utf8')) as Dashboard;
const names = metrics.map(({name}) => name);

describe('the dashboard', () => {
  it('asks only for metrics that there are, and for all of them', () => {
    const used = dashboard.panels.flatMap(({targets}) =>
      targets.flatMap(({expr}) => expr.match(/mystatus_\w+/g) ?? []),
    );
    // How long a period is, is there for one's own queries.
    expect([...new Set(used)].sort()).toEqual(names.filter(name => name !== 'mystatus_window_seconds').sort());
  });

  it('has panels with ids of their own that do not lie on each other', () => {
    const {panels} = dashboard;
    expect(new Set(panels.map(({id}) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({gridPos: {x, y, w, h}}) =>
      Array.from({length: w * h}, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({gridPos: {x, w}}) => x + w))).toBe(24);
  });
});

if (noPrometheus !== null) console.warn(`skipped, all that needs a real Prometheus: ${noPrometheus}`);

describe.skipIf(noPrometheus !== null)('a real Prometheus', () => {
  let prometheus: Prometheus;
  let address: string;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    address = await serveDemo(closing);
    const config =
      `global: {evaluation_interval: 1s}\n${readFileSync(`${packaging}/prometheus/prometheus.yml`, 'utf8')}`
        .replace('127.0.0.1:7878', address)
        .replace('scrape_interval: 60s', 'scrape_interval: 1s')
        .replace('mystatus.rules.yml', `${packaging}/prometheus/mystatus.rules.yml`);
    prometheus = await startPrometheus(config);
    closing.push(prometheus.close);
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  it('has a series for every metric, and for every query of the dashboard and its variables', async () => {
    const queries = [...names, ...dashboard.panels.flatMap(({targets}) => targets.map(({expr}) => filledIn(expr)))];
    const without = async (): Promise<string[]> => {
      const found = await Promise.all(queries.map(prometheus.query));
      return queries.filter((_, at) => found[at]?.length === 0);
    };
    // A counter grows only between two scrapes.
    await until(
      async () => (await without()).length === 0,
      async () => `nothing for ${(await without()).join('\n')}`,
    );
    for (const label of ['provider', 'account'])
      expect((await prometheus.get<string[]>(`label/${label}/values?match[]=mystatus_up`)).length).toBeGreaterThan(1);
  });

  it('scrapes the program, and evaluates its rules without an error', async () => {
    type Targets = {activeTargets: {health: string; lastError: string}[]};
    const {activeTargets} = await prometheus.get<Targets>('targets');
    expect(activeTargets).toMatchObject([{health: 'up', lastError: ''}]);
    type Rules = {groups: {rules: {name: string; health: string; lastError?: string}[]}[]};
    const rules = async () => (await prometheus.get<Rules>('rules')).groups.flatMap(group => group.rules);
    await until(
      async () => (await rules()).every(({health}) => health !== 'unknown'),
      () => 'the rules are not evaluated',
    );
    expect((await rules()).filter(({health}) => health !== 'ok')).toEqual([]);
    expect((await rules()).map(({name}) => name)).toContain('MystatusRunsOut');
  });

  it('takes the queries of the documentation', async () => {
    const [, recipes = ''] = /```promql\n([\s\S]*?)```/.exec(readFileSync(`${root}docs/metrics.md`, 'utf8')) ?? [];
    const lines = recipes.split('\n').filter(line => line !== '' && !line.startsWith('#'));
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) await prometheus.query(line);
  });

  it('gives the figures that the program told', async () => {
    const body = await (await fetch(`http://${address}/metrics`)).text();
    const told = [...body.matchAll(/^mystatus_used_ratio\{.*account="([^"]*)",window="([^"]*)"\} (.*)$/gm)];
    const stored = await prometheus.query('mystatus_used_ratio');
    expect(told.length).toBeGreaterThan(5);
    expect(stored.map(({metric, value}) => [metric.account, metric.window, value[1]]).sort()).toEqual(
      told.map(([, account, window, value]) => [account, window, value]).sort(),
    );
  });

  it('finds nothing against the names and the help of the metrics', async () => {
    const body = await (await fetch(`http://${address}/metrics`)).text();
    expect(promtool(['check', 'metrics'], body)).toEqual({status: 0, output: ''});
  });

  it('takes the example of a configuration, and its rules hold in their tests', () => {
    expect(promtool(['check', 'config', `${packaging}/prometheus/prometheus.yml`])).toMatchObject({status: 0});
    const tested = promtool(['test', 'rules', `${root}test/metrics/mystatus.rules.test.yml`]);
    expect(tested, tested.output).toMatchObject({status: 0});
  });
});

/** As Grafana does, with everything selected. */
function filledIn(expression: string): string {
  return expression.replaceAll(/\$(provider|account)/g, '.*').replaceAll('$__rate_interval', '1m');
}

/** The built program, on a free port. */
async function serveDemo(closing: (() => Promise<void>)[]): Promise<string> {
  const child = spawn(process.execPath, [program, 'serve', '--demo', '--listen', '127.0.0.1:0'], {
    env: {HOME: '/nonexistent'},
  });
  closing.push(() => ended(child));
  let said = '';
  child.stderr.on('data', chunk => (said += chunk));
  const address = (): string | undefined => /listening on http:\/\/([\d.:]+)/.exec(said)?.[1];
  await until(
    () => address() !== undefined,
    () => said,
  );
  return address() ?? '';
}
