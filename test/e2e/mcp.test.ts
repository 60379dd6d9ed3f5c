import {type ChildProcess, spawn} from 'node:child_process';
import {Client} from '@modelcontextprotocol/client';
import {StdioClientTransport} from '@modelcontextprotocol/client/stdio';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {run} from '../support/run.ts';
import {program} from '../support/terminal.ts';
import {until} from '../support/until.ts';
import {createWorld, type World} from '../support/world.ts';

const readings = 'mystatus://readings';

let world: World;
beforeAll(async () => {
  world = await createWorld(['openai', 'zai', 'claude']);
});
afterAll(() => world.close());

const requestsOf = (id: string) => world.services[id]?.requests ?? [];
const everyRequest = (): number => Object.keys(world.services).reduce((sum, id) => sum + requestsOf(id).length, 0);

type Account = {
  account: string;
  provider: string;
  windows: {id: string; forecast?: {verdict: string} | null}[];
  [name: string]: unknown;
};
const accountsIn = (answer: {structuredContent?: unknown}): Account[] =>
  (answer.structuredContent as {accounts: Account[]}).accounts;
const textOf = ({content}: {content: {type: string}[]}): string =>
  content.map(part => ('text' in part ? String(part.text) : '')).join('');

describe('a client', () => {
  const client = new Client({name: 'test', version: '1'});
  const call = (name: string, args: Record<string, unknown> = {}, options = {}) =>
    client.callTool({name, arguments: args}, options);
  let said = '';
  let updates = 0;
  beforeAll(async () => {
    const transport = new StdioClientTransport({
      ...{command: process.execPath, args: [program, 'mcp'], env: world.env, cwd: world.home, stderr: 'pipe'},
    });
    transport.stderr?.on('data', chunk => (said += chunk));
    client.setNotificationHandler('notifications/resources/updated', () => void updates++);
    await client.connect(transport);
  });
  afterAll(() => client.close());

  it('finds the tools, each with what it takes, gives and costs', async () => {
    const {tools} = await client.listTools();
    expect(tools.map(({name}) => name)).toEqual(['list_quotas', 'best_account', 'wait_for_reset']);
    for (const {description, inputSchema, outputSchema, annotations} of tools) {
      expect(description).toContain('Costs no quota');
      expect([inputSchema.type, outputSchema?.type, annotations?.readOnlyHint]).toEqual(['object', 'object', true]);
    }
    const [resource] = (await client.listResources()).resources;
    expect(resource?.uri).toBe(readings);
    expect(client.getInstructions()).toContain('Look before');
  });

  it('that reads the resource first causes no request', async () => {
    const {contents} = await client.readResource({uri: readings});
    const [text] = contents.map(each => ('text' in each ? String(each.text) : ''));
    expect(JSON.parse(text ?? '').accounts).toHaveLength(3);
    expect(everyRequest()).toBe(0);
  });

  it('gets what --json prints, for one request an account however often it looks, and none to Claude', async () => {
    const answers = await Promise.all(Array.from({length: 12}, () => call('list_quotas')));
    await call('best_account');
    expect([requestsOf('openai').length, requestsOf('zai').length, requestsOf('claude').length]).toEqual([1, 1, 0]);
    const [first] = answers;
    if (first === undefined) throw new Error('no answer');
    expect(JSON.parse(textOf(first))).toEqual(first.structuredContent);
    const {stdout} = await run(['--json', '--max-age', '600'], world.env);
    const plain = (accounts: Account[]) =>
      // Forecasts, and ages of figures that nobody polls, are of the moment.
      accounts.map(({nextPollAt: _, readAt, windows, ...rest}) => ({
        ...{...rest, readAt: rest.provider === 'claude' ? null : readAt},
        windows: windows.map(({forecast, ...window}) => ({...window, verdict: forecast?.verdict})),
      }));
    expect(plain(accountsIn(first))).toEqual(plain(JSON.parse(stdout).accounts));
    const [sent] = requestsOf('openai');
    const secret = sent?.headers.authorization?.slice('Bearer '.length) ?? '';
    expect(secret.length).toBeGreaterThan(20);
    expect(JSON.stringify(answers)).not.toContain(secret);
  });

  it('narrows it to a provider or an account, and hears of a name that there is not', async () => {
    const [openai] = accountsIn(await call('list_quotas', {provider: 'openai'}));
    expect(openai?.windows.map(({id}) => id)).toContain('weekly');
    expect(accountsIn(await call('list_quotas', {account: openai?.account}))).toHaveLength(1);
    const none = await call('list_quotas', {account: 'openai:00000000'});
    expect(none.structuredContent).toMatchObject({accounts: [], notices: ['no account openai:00000000']});
    const wrong = await call('list_quotas', {provider: 'opnai'});
    expect([wrong.isError, textOf(wrong)]).toEqual([true, 'unknown provider "opnai"; did you mean openai?']);
    expect(textOf(await call('list_quotas', {providers: 'openai'}))).toContain(
      'unknown argument "providers"; did you mean provider?',
    );
  });

  it('gets the order of best --json', async () => {
    const {stdout} = await run(['best', '--json', '--max-age', '600', '--window', 'weekly'], world.env);
    const standing = (accounts: Account[]) =>
      accounts.map(({account, rank, tightest, remainingPercent}) => [account, rank, tightest, remainingPercent]);
    const ranked = accountsIn(await call('best_account', {window: 'weekly'}));
    expect(ranked[0]?.rank).toBe(1);
    expect(standing(ranked)).toEqual(standing(JSON.parse(stdout).accounts));
    const none = await call('best_account', {window: 'nope', provider: 'openai'});
    expect(JSON.stringify(none.structuredContent)).toContain('no window nope; available: 5h, weekly');
  });

  it('waits no longer than it said, and is told meanwhile', async () => {
    const progress: number[] = [];
    const late = await call(
      'wait_for_reset',
      {provider: 'openai', maxSeconds: 1},
      {onprogress: (each: {progress: number}) => progress.push(each.progress)},
    );
    expect(late.structuredContent).toMatchObject({outcome: 'timeout'});
    expect(textOf(late)).toMatch(/openai user@example.com \S+: \d+% left, resets in/);
    expect(progress.length).toBeGreaterThan(0);
    const enough = await call('wait_for_reset', {until: 'available', provider: 'openai'});
    expect(enough.structuredContent).toMatchObject({outcome: 'holds'});
    const unknown = await call('wait_for_reset', {window: 'nope'});
    expect(unknown.structuredContent).toMatchObject({outcome: 'cannot-tell'});
    expect(await call('wait_for_reset', {maxSeconds: 301})).toMatchObject({isError: true});
  });

  it('calls a wait off', async () => {
    const off = new AbortController();
    const waiting = call('wait_for_reset', {maxSeconds: 300}, {signal: off.signal, onprogress: () => off.abort()});
    await expect(waiting).rejects.toThrow();
    expect(accountsIn(await call('list_quotas'))).toHaveLength(3);
  });

  it('that has subscribed hears of a reading that another copy makes, and causes none by it', async () => {
    await expect(client.subscribeResource({uri: 'mystatus://nothing'})).rejects.toThrow();
    await client.subscribeResource({uri: readings});
    const before = requestsOf('openai').length;
    await run(['--json', '--provider', 'openai'], world.env);
    await until(
      () => updates > 0,
      () => 'it never heard',
    );
    expect(requestsOf('openai')).toHaveLength(before + 1);
  });

  it('reads nothing on stderr', () => expect(said).toBe(''));
});

it('a client of the revision of 2026 lists and listens, too, and sees no name where they are hidden', async () => {
  const client = new Client({name: 'test', version: '1'}, {versionNegotiation: {mode: {pin: '2026-07-28'}}});
  let updates = 0;
  client.setNotificationHandler('notifications/resources/updated', () => void updates++);
  const args = [program, 'mcp', '--privacy', '--provider', 'openai'];
  await client.connect(new StdioClientTransport({command: process.execPath, args, env: world.env, cwd: world.home}));
  try {
    const answer = await client.callTool({name: 'list_quotas', arguments: {}});
    expect(accountsIn(answer).map(({provider}) => provider)).toEqual(['openai']);
    expect(JSON.stringify(answer)).not.toContain('user@example.com');
    await client.listen({resourceSubscriptions: [readings]});
    await run(['--json', '--provider', 'openai'], world.env);
    await until(
      () => updates > 0,
      () => 'it never heard',
    );
  } finally {
    await client.close();
  }
});

type Started = {child: ChildProcess; lines: () => Record<string, unknown>[]; ended: Promise<[unknown, unknown]>};
function start(): Started {
  const child = spawn(process.execPath, [program, 'mcp'], {env: world.env, cwd: world.home});
  let output = '';
  child.stdout.on('data', chunk => (output += chunk));
  return {
    child,
    lines: () =>
      output
        .split('\n')
        .slice(0, -1)
        .map(line => JSON.parse(line)),
    ended: new Promise(resolve => child.on('close', (code, signal) => resolve([code, signal]))),
  };
}
const message = (id: number | string, method: string, params: object = {}): string =>
  `${JSON.stringify({jsonrpc: '2.0', id, method, params})}\n`;
const opening = message('open', 'initialize', {
  ...{protocolVersion: '1999-01-01', capabilities: {}, clientInfo: {name: 'raw', version: '1'}},
});

describe('nonsense', () => {
  const nested = `${'['.repeat(100_000)}\n`;
  const sent = [
    'hello\n',
    '{"jsonrpc":"2.0","id":1,\n',
    `${'x'.repeat(3 * 1024 * 1024)}\n`,
    nested,
    '[]\nnull\n7\n"text"\n\n \r\n',
    '{"jsonrpc":"1.0","id":2,"method":"ping"}\n',
    '{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}\n',
    '{"jsonrpc":"2.0","id":3}\n',
    opening,
    message(4, 'no/such/method'),
    message(5, 'tools/call', {name: 'no_such_tool', arguments: {}}),
    message(6, 'tools/call', {name: '__proto__', arguments: {}}),
    message(7, 'tools/call', {name: 'list_quotas', arguments: {provider: 7}}),
    message(8, 'tools/call', {name: 'list_quotas', arguments: 'text'}),
    message(9, 'tools/call'),
    message(10, 'tools/call', {name: 'list_quotas', arguments: {surplus: true}}),
    message(11, 'resources/read', {uri: 'mystatus://../../etc/passwd'}),
    message(12, 'ping').trimEnd(),
  ];

  it('gets the error of the protocol each time, the rest an answer, and the end is clean', async () => {
    const {child, lines, ended} = start();
    child.stdin?.end(sent.join(''));
    expect(await ended).toEqual([0, null]);
    const told = lines();
    expect(told.every(({jsonrpc}) => jsonrpc === '2.0')).toBe(true);
    const errors = told.map(({id, error}) => [id, (error as {code: number} | undefined)?.code]);
    expect(errors.slice(0, 11)).toEqual([
      ...[
        [null, -32_700],
        [null, -32_700],
        [null, -32_600],
        [null, -32_700],
      ],
      ...[
        [null, -32_600],
        [null, -32_600],
        [null, -32_600],
        [null, -32_600],
      ],
      ...[
        [2, -32_600],
        [null, -32_600],
        [3, -32_600],
      ],
    ]);
    const byId = new Map(told.map(each => [each.id, each]));
    expect(byId.get('open')).toMatchObject({result: {serverInfo: {name: 'mystatus-tui'}}});
    expect(byId.get(4)).toMatchObject({error: {code: -32_601}});
    for (const id of [5, 6, 8, 9]) expect(byId.get(id)).toMatchObject({error: {code: -32_602}});
    for (const id of [7, 10]) expect(byId.get(id)).toMatchObject({result: {isError: true}});
    expect(byId.get(11)).toMatchObject({error: expect.anything()});
    expect(byId.get(12)).toMatchObject({result: {}});
  });

  it('in numbers is refused beyond what a client can wait for', async () => {
    const {child, lines, ended} = start();
    const waits = Array.from({length: 40}, (_, id) => message(id, 'tools/call', {name: 'wait_for_reset'}));
    child.stdin?.end(opening + waits.join(''));
    expect(await ended).toEqual([0, null]);
    const told = lines();
    expect(told).toHaveLength(41);
    expect(told.filter(({error}) => (error as {code: number} | undefined)?.code === -32_000).length).toBeGreaterThan(0);
    expect(JSON.stringify(told.find(({id}) => id === 0))).toContain('"outcome":"interrupted"');
  });
});

it.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0 in the middle of a wait', async signal => {
  const {child, lines, ended} = start();
  child.stdin?.write(opening + message(1, 'tools/call', {name: 'wait_for_reset'}) + message(2, 'ping'));
  await until(
    () => lines().some(({id}) => id === 2),
    () => 'it does not answer',
  );
  child.kill(signal);
  expect(await ended).toEqual([0, null]);
});

it('without the package says which one is missing, in one line', async () => {
  const hidden = `import {registerHooks} from 'node:module';
    registerHooks({resolve(name, context, next) {
      if (!name.startsWith('@modelcontextprotocol/')) return next(name, context);
      throw Object.assign(new Error('gone'), {code: 'ERR_MODULE_NOT_FOUND'});
    }});`;
  const source = new URL('../fixtures/loads/source.ts', import.meta.url).pathname;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(hidden)}`, source, 'mcp'];
  const {code, stdout, stderr} = await run(args, world.env, {
    command: process.execPath,
  });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toBe('mystatus-tui: mcp needs the package @modelcontextprotocol/server, which is not installed\n');
});
