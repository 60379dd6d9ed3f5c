import type {Browser, Page} from 'playwright-core';
import {afterAll, afterEach, beforeAll, describe, expect, it} from 'vitest';
import type {MonitorState} from '../../../src/core/model.ts';
import {plain} from '../../../src/view/rows/line.ts';
import {noBrowser, openBrowser, type Watched, watchedPage} from '../../support/browser.ts';
import {fakeController} from '../../support/controller.ts';
import {partsOf} from '../../support/parts.ts';
import {type Served, serveFake} from '../../support/served.ts';
import {account, busy, failing, fresh, monitorState, reading, window as windowOf} from '../../support/state.ts';
import {until} from '../../support/until.ts';

if (noBrowser !== null) console.warn(`skipped, all that needs a real browser: ${noBrowser}`);

describe.skipIf(noBrowser !== null)('the page in a real browser', () => {
  let browser: Browser;
  /** One page for most tests: each has a server, and so a place to keep things, of its own. */
  let desk: Watched;
  const served: Served[] = [];
  beforeAll(async () => {
    browser = await openBrowser();
    desk = await watchedPage(browser, {});
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await desk.page.goto('about:blank');
    for (const each of served.splice(0)) await each.close();
  });

  const serve = async (...parts: Parameters<typeof serveFake>): Promise<Served> => {
    const one = await serveFake(...parts);
    served.push(one);
    return one;
  };
  type Options = {path?: string; until?: string; viewport?: {width: number; height: number}};
  async function open(port: number, {path = '/', until: shown = '.block', viewport}: Options = {}): Promise<Watched> {
    const {page, requests, troubles} = desk;
    for (const each of [requests, troubles]) each.length = 0;
    await page.setViewportSize(viewport ?? {width: 1280, height: 800});
    await page.emulateMedia({colorScheme: 'dark', reducedMotion: 'no-preference'});
    await page.goto(`http://127.0.0.1:${port}${path}`);
    await page.waitForSelector(shown);
    return desk;
  }
  async function show(state: MonitorState, options: Options = {}): Promise<Watched & {program: Served['program']}> {
    const {port, program} = await serve(state);
    return {...(await open(port, options)), program};
  }

  it.each([
    ['panels', fresh, {width: 1280, height: 800}],
    ['failures', failing, {width: 1600, height: 900}],
    ['a narrow window', fresh, {width: 390, height: 844}],
  ])('says what the terminal says, in the same places: %s', async (_, state, viewport) => {
    const {page, program} = await show(state(), {viewport});
    const size = await page.evaluate(() => {
      const {columns, rows} = document.getElementById('screen')?.dataset ?? {};
      return {columns: Number(columns), rows: Number(rows)};
    });
    const controller = fakeController(program);
    controller.terminal.size.set(size);
    controller.histories.begin();
    const parts = partsOf(controller);
    expect(parts.length).toBeGreaterThan(4);
    // The keys of the last line are fewer here.
    const expected = parts
      .filter(({y}) => y < size.rows - 1)
      .flatMap(({lines}) => lines.map(line => wordsIn(plain(line))))
      .sort();
    // The next resets and the history have tests of their own.
    await until(
      async () => (await rowsOf(page)).join('\n') === expected.join('\n'),
      async () => `${(await rowsOf(page)).join('\n')}\n\n${expected.join('\n')}`,
    );
  });

  it('shows a new reading at once, without being loaded again', async () => {
    const {page, program, requests} = await show(one(10));
    await sees(page, '10%');
    const before = requests.length;
    program.state.set(one(97));
    await sees(page, '97%');
    expect(await page.title()).toContain('97%');
    program.state.set(monitorState([]));
    await sees(page, 'No logins found');
    expect(requests.length).toBe(before);
  });

  it('can be read by ear: bars are bars with a name and a value, panels have names', async () => {
    const {page} = await show(fresh());
    const bar = page.getByRole('region', {name: 'OpenAI'}).getByRole('progressbar').first();
    expect(await bar.getAttribute('aria-valuenow')).toBe('62');
    expect(await bar.getAttribute('aria-label')).toMatch(/^5/);
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('has the keys of the terminal', async () => {
    const {page} = await show(fresh());
    const focused = (): Promise<string | null> => page.locator('[aria-current="true"]').getAttribute('aria-label');
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    expect(await focused()).toBe('OpenAI');
    await press('Tab');
    expect(await focused()).toBe('GitHub Copilot');
    await press('Shift+Tab', 'j', 'ArrowUp', 'ArrowDown');
    expect(await focused()).toBe('GitHub Copilot');
    await press('Enter');
    await sees(page, 'Premium monthly limit');
    await press('Escape', '?');
    await sees(page, 'switch between panels and table');
    expect(await textOf(page)).not.toContain('refresh the focused');
    await press('Escape', 'r');
    await sees(page, 'This page only shows');
    await press('u');
    await sees(page, 'LEFT %');
    await press('v');
    await sees(page, 'provider');
    expect(await page.locator('[data-id^="row-"]').count()).toBe(5);
    await press('v', '/');
    await page.keyboard.type('zhip');
    await sees(page, '/zhip');
    expect(
      await page.locator('[data-id^="panel-"]').evaluateAll(all => all.map(each => each.getAttribute('aria-label'))),
    ).toEqual(['Zhipu AI']);
    await press('Escape');
    await until(
      async () => (await page.locator('[data-id^="panel-"]').count()) === 5,
      () => textOf(page),
    );
  });

  it('is as light or as dark as the system, unless a theme is chosen', async () => {
    const {page} = await show(fresh());
    const paper = (): Promise<number> =>
      page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.documentElement).backgroundColor)?.[0]));
    expect(await paper()).toBeLessThan(60);
    const dark = await colorOf(page, '.t-critical, .t-warn');
    await page.emulateMedia({colorScheme: 'light'});
    await until(
      async () => (await paper()) > 200,
      async () => String(await paper()),
    );
    await until(
      async () => (await colorOf(page, '.t-critical, .t-warn')) !== dark,
      () => dark,
    );
    await page.keyboard.press('t');
    await sees(page, 'theme: dark');
    expect(await paper()).toBeLessThan(60);
  });

  it('fits a telephone: nothing is wider than it, nothing too small to read or to touch', async () => {
    const {port} = await serve(failing());
    const {page} = await watchedPage(browser, {viewport: {width: 390, height: 844}, isMobile: true, hasTouch: true});
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForSelector('.block');
    const isWide = (): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(await isWide()).toBe(false);
    expect(
      await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize)),
    ).toBeGreaterThanOrEqual(13);
    expect(await page.locator('[data-id^="panel-"]').count()).toBe(5);
    const heights = await page.locator('.foot button').evaluateAll(all => all.map(each => each.clientHeight));
    expect(heights.length).toBeGreaterThan(2);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
    const last = page.locator('[data-id="panel-zhipu"]');
    await last.scrollIntoViewIfNeeded();
    await last.tap();
    await last.tap();
    await sees(page, 'Usage page');
    expect(await isWide()).toBe(false);
    await page.getByRole('button', {name: /back/}).tap();
    await page.getByRole('button', {name: /help/}).tap();
    await sees(page, 'Keys');
    expect(await isWide()).toBe(false);
  });

  it('moves only what may move', async () => {
    const {page} = await show(busy());
    await page.waitForSelector('.spin');
    const motion = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.querySelector('.spin') ?? document.body).animationName);
    expect(await motion()).toBe('turn');
    await page.emulateMedia({reducedMotion: 'reduce'});
    expect(await motion()).toBe('none');
  });

  it('takes the token from its address, which then shows it no more', async () => {
    const {port} = await serve(fresh(), {token: 'not-a-real-token'});
    const {page} = await open(port, {until: 'form'});
    await sees(page, 'asks for a token');
    await page.locator('input[type=password]').fill('wrong');
    await page.keyboard.press('Enter');
    await sees(page, 'does not accept');
    await page.goto(`http://127.0.0.1:${port}/#token=not-a-real-token`);
    await sees(page, 'OpenAI');
    expect(page.url()).toBe(`http://127.0.0.1:${port}/`);
    await page.reload();
    await sees(page, 'OpenAI');
    const other = await desk.context.newPage();
    await other.goto(`http://127.0.0.1:${port}/`);
    await other.waitForSelector('form');
    expect(await textOf(other)).not.toContain('OpenAI');
    await other.close();
  });

  it('says that the connection is gone, and comes back by itself', async () => {
    const first = await serve(one(10));
    const {page} = await open(first.port);
    await sees(page, '10%');
    await served.pop()?.close();
    await sees(page, 'Not connected since');
    await sees(page, '10%');
    await serve(one(55), {listen: {host: '127.0.0.1', port: first.port}});
    await sees(page, '55%');
    await until(
      async () => !(await textOf(page)).includes('Not connected'),
      () => textOf(page),
    );
  });

  it('asks no other host for anything, and breaks no rule of its own', async () => {
    const {page, requests, troubles, program} = await show(fresh(), {path: '/#token=unneeded'});
    for (const key of ['?', 'Escape', 'H', 'Escape', 'a', 'Escape', ':', 'Escape', 't', 'x', 'v'])
      await page.keyboard.press(key);
    const markup = '<img src=x onerror="document.title=1">';
    program.state.set(
      monitorState([account('openai:3f2a91c0', markup, reading(markup, [windowOf('5h', 5, 3_600_000)]))]),
    );
    await sees(page, markup);
    expect(await page.locator('img').count()).toBe(0);
    expect([...new Set(requests.map(url => new URL(url).hostname))]).toEqual(['127.0.0.1']);
    expect(requests.map(url => new URL(url).pathname).sort()).toEqual(
      ['/', '/icon.svg', '/page.css', '/page.js', '/page/events', '/page/history'].filter(
        path => path !== '/icon.svg' || requests.some(url => url.endsWith(path)),
      ),
    );
    expect(troubles).toEqual([]);
    await page
      .evaluate(() => {
        const script = document.createElement('script');
        script.src = 'https://evil.example/x.js';
        document.head.append(script);
      })
      .catch(() => {});
    await until(
      () => troubles.length > 0,
      () => 'the browser has nothing against another host',
    );
    expect(troubles.join()).toMatch(/Content Security Policy|TrustedScriptURL/);
  });
});

const one = (usedPercent: number): MonitorState =>
  monitorState([
    account('openai:3f2a91c0', 'user@example.com', reading('Plus', [windowOf('5h', usedPercent, 3_600_000)])),
  ]);

// Nothing, while it is being loaded.
const textOf = (page: Page): Promise<string> => page.evaluate(() => document.body.textContent ?? '').catch(() => '');
const sees = (page: Page, text: string): Promise<void> =>
  until(
    async () => (await textOf(page)).includes(text),
    async () => `no «${text}» in ${await textOf(page)}`,
  );
const colorOf = (page: Page, selector: string): Promise<string> =>
  page.evaluate(each => getComputedStyle(document.querySelector(each) ?? document.body).color, selector);

/** Frames and bars are drawn in another way, and free cells mean nothing. */
const wordsIn = (text: string): string =>
  text
    .replace(/[━╌┃│─╭╮╰╯┏┓┗┛]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
const rowsOf = async (page: Page): Promise<string[]> => {
  const rows = await page.evaluate(() =>
    [...document.querySelectorAll('.row')]
      .filter(row => row.closest('.foot, [data-id="agenda"], [data-id="history"]') === null)
      .map(row =>
        [...row.children]
          .filter(each => each.tagName !== 'BUTTON')
          .map(each => (each.getAttribute('role') === 'progressbar' ? ' ' : each.textContent))
          .join(''),
      ),
  );
  return rows.map(wordsIn).sort();
};
