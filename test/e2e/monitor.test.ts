import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {families} from '../support/families.ts';
import {expectRestored} from '../support/restored.ts';
import {openTerminal, type Size, type Terminal} from '../support/terminal.ts';
import {until} from '../support/until.ts';
import {createWorld, onOwnPorts, type World} from '../support/world.ts';

let world: World;
const terminals: Terminal[] = [];
const open = (size?: Size, args: string[] = [], env: Record<string, string> = {}): Terminal => {
  const terminal = openTerminal({env: {...world.env, ...env}, args, ...(size === undefined ? {} : {size})});
  terminals.push(terminal);
  return terminal;
};
beforeEach(async () => {
  world = await createWorld(families);
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) terminal.close();
  await world.close();
});

const colour = /\u001b\[(?:\d+;)*(?:[34][0-8]|9[0-7]|10[0-7])(?:;\d+)*m/;
const names = ['OpenAI', 'Copilot', 'Google', 'Z.ai', 'Zhipu'];
const requests = (id: string): number => world.services[id]?.requests.length ?? 0;
describe('the monitor in a terminal', () => {
  it('shows a panel for every provider, on real answers', async () => {
    const terminal = open();
    for (const text of [...names, '71%', '98%', '42%', '22%', '34%']) await terminal.sees(text);
    expect(await terminal.isAlternate()).toBe(true);
    terminal.type('q');
    expect((await terminal.exited).code).toBe(0);
    await expectRestored(terminal);
  });

  it.each([
    {columns: 120, rows: 40},
    {columns: 80, rows: 24},
    {columns: 40, rows: 12},
    {columns: 20, rows: 5},
  ])('keeps every provider visible at $columns×$rows', async size => {
    const terminal = open(size);
    for (const name of ['Open', 'Cop', 'Goog', 'Z.ai', 'Zhi']) await terminal.sees(name);
  });

  it('lets Node complain about authorities that are not there before it takes the screen, not in its middle', async () => {
    const terminal = open(undefined, ['--provider', 'openai'], {
      MYSTATUS_OPENAI_URL: 'https://127.0.0.1:1',
      NODE_EXTRA_CA_CERTS: '/nonexistent/ca.pem',
    });
    await terminal.sees('cannot reach the service');
    const complaints = [...terminal.written().matchAll(/Ignoring extra certs/g)].map(({index}) => index);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toBeLessThan(terminal.written().indexOf('\u001b[?1049h'));
  });

  it('refreshes the focused provider at r, all of them at R, and moves on at tab', async () => {
    const terminal = open();
    await terminal.sees('98%');
    await until(
      () => names.length === 5 && requests('zhipu') > 0,
      () => 'zhipu was never asked',
    );
    // A press within two seconds of a request does nothing; afterwards it asks.
    await until(
      () => {
        terminal.type('r');
        return requests('openai') > 1;
      },
      () => 'r never asked',
    );
    const before = requests('zai');
    await until(
      () => {
        terminal.type('R');
        return requests('zai') > before;
      },
      () => 'R never asked',
    );
    terminal.type('\t\t');
    terminal.type('\r');
    await terminal.sees('antigravity-accounts');
  });

  it('opens help and details, and esc never quits', async () => {
    const terminal = open();
    await terminal.sees('71%');
    terminal.type('?');
    await terminal.sees('refresh all providers');
    terminal.type('\u001b');
    await terminal.loses('refresh all providers');
    terminal.type('\r');
    await terminal.sees('codex auth.json');
    terminal.type('\u001b');
    await terminal.loses('codex auth.json');
    terminal.type('\u001b');
    // Nothing is open any more, and yet it goes on. (Until a lone escape is over, a key behind it is taken for Alt.)
    await until(
      async () => {
        terminal.type('?');
        return (await terminal.text()).includes('refresh all providers');
      },
      () => 'esc ended something',
    );
  });

  it('keeps the last reading, with the reason beside it, when a service fails', async () => {
    const terminal = open();
    await terminal.sees('71%');
    const answer = world.services.openai;
    answer?.answerWith(() => ({status: 500, body: {message: 'oops'}}));
    await until(
      () => {
        terminal.type('r');
        return requests('openai') > 1;
      },
      () => 'r never asked',
    );
    await terminal.sees('✗');
    expect(await terminal.text()).toContain('71%');
  });

  it('survives a storm of resizes', async () => {
    const terminal = open();
    await terminal.sees('71%');
    for (let turn = 0; turn < 30; turn++)
      terminal.resize({columns: 20 + ((turn * 37) % 180), rows: 5 + ((turn * 13) % 60)});
    terminal.resize({columns: 100, rows: 30});
    for (const name of names) await terminal.sees(name);
    await until(
      async () => (await terminal.lines()).every(line => [...line].length <= 100),
      async () => `too wide:\n${await terminal.text()}`,
    );
  });

  it('tells how to begin where there is no login at all', async () => {
    await world.close();
    world = await createWorld([]);
    const terminal = open();
    await terminal.sees(/login/i);
  });

  it('runs in CI, without colours, and in ASCII', async () => {
    const terminal = open({columns: 100, rows: 30}, ['--ascii'], {CI: 'true', NO_COLOR: '1'});
    await terminal.sees('71%');
    expect(terminal.written()).not.toMatch(colour);
    expect(await terminal.text()).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it.each(['vt100', 'vt220', 'xterm-mono'])('draws without colours on a %s, in weight and reversal', async TERM => {
    const terminal = open({columns: 100, rows: 30}, [], {TERM, COLORTERM: 'truecolor'});
    await terminal.sees('71%');
    expect(terminal.written()).not.toMatch(colour);
    expect(terminal.written()).toContain('\u001b[1m');
  });

  it('writes no token to the terminal', async () => {
    const terminal = open();
    await terminal.sees('71%');
    terminal.type('\r');
    await terminal.sees('codex auth.json');
    terminal.type('\u001bc');
    const auth = JSON.parse(readFileSync(join(world.home, '.codex/auth.json'), 'utf8')) as {
      tokens: Record<string, string>;
    };
    for (const token of Object.values(auth.tokens).filter(text => text.length > 40))
      expect(terminal.written()).not.toContain(token.slice(0, 40));
  });

  it('picks up a login that appears while it runs', async () => {
    await world.close();
    world = await createWorld(['openai']);
    const terminal = open();
    await terminal.sees('71%');
    const other = await createWorld(['zai']);
    world.write('.chelper/config.yaml', readFileSync(join(other.home, '.chelper/config.yaml'), 'utf8'));
    await other.close();
    await terminal.sees('98%');
  });
});

describe('trouble', () => {
  it('is one quiet state while offline, and over within seconds of the network', async () => {
    await world.close();
    world = await createWorld(['openai', 'zai'], onOwnPorts);
    const terminal = open();
    await terminal.sees('71%');
    await terminal.sees('98%');
    const back = await world.pullTheNetwork();
    await until(
      async () => {
        terminal.type('R');
        return /offline/i.test(await terminal.text());
      },
      async () => `never said that it is offline:\n${await terminal.text()}`,
    );
    expect(await terminal.text()).toContain('71%');
    await back();
    await until(
      async () => !/offline/i.test(await terminal.text()),
      async () => `never came back:\n${await terminal.text()}`,
    );
  });

  it('survives a reader that does not read for a while', async () => {
    const terminal = open();
    await terminal.sees('71%');
    terminal.pause();
    for (let turn = 0; turn < 40; turn++) terminal.type('?\u001b[A\u001b[B');
    terminal.resume();
    await terminal.sees(/refresh|next panel/);
    terminal.type('q');
    await terminal.exited;
    await expectRestored(terminal);
  });
});

describe('several copies', () => {
  it('make one request for all of them, and a reading of one appears in the others', async () => {
    const copies = [open(), open({columns: 80, rows: 24}), open({columns: 100, rows: 30})];
    // What only a reading can show: 'x%' of every provider.
    for (const copy of copies) for (const text of ['71%', '34%', '22%', '98%', '42%']) await copy.sees(text);
    const asked = Object.values(world.services).flatMap(service =>
      service.requests.map(({method, path}) => `${method} ${path}`),
    );
    // Google's one reading takes several requests, each of them once; Z.ai and Zhipu share a path.
    const quota = 'GET /api/monitor/usage/quota/limit';
    expect(asked.filter(request => request === quota)).toHaveLength(2);
    expect(asked.filter(request => request !== quota).sort()).toEqual(
      [...new Set(asked)].filter(request => request !== quota).sort(),
    );
  });

  it('leave nothing broken when one is killed', async () => {
    const [first, second] = [open(), open()];
    await first.sees('71%');
    await second.sees('71%');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    await until(
      () => {
        second.type('r');
        return requests('openai') > 1;
      },
      () => 'the other copy never asked again',
    );
  });
});
