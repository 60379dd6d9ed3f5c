import {expect, it} from 'vitest';
import {createStore} from '../../src/core/store.ts';
import {createTerminal, type TerminalParts} from '../../src/terminal/terminal.ts';

/** What is started to open an address. */
async function startedFor(platform: string, env: TerminalParts['env'] = {}, url = 'https://example.com/usage?a=1&b=2') {
  const started: string[][] = [];
  const {terminal} = createTerminal({
    ...{env, platform, noColor: false, ascii: false},
    output: undefined as never,
    size: createStore({columns: 80, rows: 24}),
    suspend: async () => false,
    redraw: () => {},
    async start(program, args) {
      started.push([program, ...args]);
      return true;
    },
  });
  return {opened: await terminal.openUrl(url), started};
}

const url = 'https://example.com/usage?a=1&b=2';

it.each([
  ['darwin', {}, ['open', url]],
  // No shell is in between, which would end the address at its ampersand.
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', url]],
  ['linux', {WSL_DISTRO_NAME: 'Debian'}, ['wslview', url]],
  ['linux', {DISPLAY: ':0'}, ['xdg-open', url]],
  ['linux', {WAYLAND_DISPLAY: 'wayland-0'}, ['xdg-open', url]],
])('a page is opened by what %s has for it (%j)', async (platform, env, expected) => {
  expect(await startedFor(platform, env)).toEqual({opened: true, started: [expected]});
});

it('nothing is started without a desktop, or for what is no web page', async () => {
  expect(await startedFor('linux')).toEqual({opened: false, started: []});
  for (const address of ['file:///etc/passwd', 'javascript:alert(1)', '-a Calculator'])
    expect(await startedFor('darwin', {}, address)).toEqual({opened: false, started: []});
});
