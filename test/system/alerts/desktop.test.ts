import {describe, expect, it} from 'vitest';
import {notifyDesktop} from '../../../src/system/alerts/desktop.ts';

type Started = {program: string; args: readonly string[]};

/** A desktop whose programs only write down how they were started. */
function desktop(platform: string, env: Record<string, string>, installed: readonly string[], code = 0) {
  const started: Started[] = [];
  const notify = (title: string, body: string, urgent = false) =>
    notifyDesktop(
      {title, body, urgent},
      {
        platform,
        env,
        which: async program => (installed.includes(program) ? `/programs/${program}` : null),
        run: async (program, args) => {
          started.push({program, args});
          return {code, stdout: '', stderr: code === 0 ? '' : 'no server', timedOut: false};
        },
      },
    );
  return {started, notify};
}

describe('a notification of the desktop', () => {
  it('on Linux is notify-send, critical where it cannot wait', async () => {
    for (const [urgent, urgency] of [
      [false, 'normal'],
      [true, 'critical'],
    ] as const) {
      const {started, notify} = desktop('linux', {WAYLAND_DISPLAY: 'wayland-0'}, ['notify-send']);
      expect(await notify('OpenAI · Weekly limit', '91% used', urgent)).toMatchObject({ok: true});
      expect(started).toEqual([
        {
          program: '/programs/notify-send',
          args: ['-a', 'mystatus-tui', '-u', urgency, '--', 'OpenAI · Weekly limit', '91% used'],
        },
      ]);
    }
  });
  it.each([
    ['over SSH', {DISPLAY: ':10', SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22'}, ['notify-send'], 'SSH'],
    ['without a desktop', {}, ['notify-send'], 'no desktop'],
    ['without notify-send', {DISPLAY: ':0'}, [], 'notify-send is not installed'],
  ])('%s is none, and it is said why', async (_, env, installed, why) => {
    const {started, notify} = desktop('linux', env as Record<string, string>, installed);
    expect(await notify('t', 'b')).toMatchObject({ok: false, how: expect.stringContaining(why)});
    expect(started).toEqual([]);
  });
  it('on macOS is terminal-notifier where it is installed, else osascript with the texts as arguments', async () => {
    const both = desktop('darwin', {}, ['terminal-notifier', 'osascript']);
    await both.notify('title', 'body');
    expect(both.started).toEqual([
      {
        program: '/programs/terminal-notifier',
        args: ['-title', 'title', '-message', 'body', '-group', 'mystatus-tui'],
      },
    ]);
    const own = desktop('darwin', {}, ['osascript']);
    const [title, body] = ['a" & do shell script "x', 'b\\"'];
    await own.notify(title, body);
    expect(own.started[0]?.args.slice(-2)).toEqual([title, body]);
    expect(own.started[0]?.args.slice(0, -2).join('\n')).not.toContain('do shell');
  });
  it.each([
    ['win32', {SystemRoot: 'C:\\Windows'}],
    ['linux', {WSL_DISTRO_NAME: 'Debian', SSH_CONNECTION: ''}],
  ])(
    'on Windows and WSL is a toast of PowerShell 5.1, whose script holds no text of ours as it is (%s)',
    async (platform, env) => {
      const {started, notify} = desktop(platform, env as Record<string, string>, ['powershell.exe', 'notify-send']);
      await notify("it's '; Remove-Item x; '", '<b>');
      const [{program = '', args = []} = {}] = started;
      expect([program, args.slice(0, 3)]).toEqual([
        '/programs/powershell.exe',
        ['-NoProfile', '-NonInteractive', '-EncodedCommand'],
      ]);
      const script = Buffer.from(args[3] ?? '', 'base64').toString('utf16le');
      expect([script.includes('ToastNotificationManager'), script.includes('Remove-Item')]).toEqual([true, false]);
    },
  );
  it('can bring neither controls nor options nor markup', async () => {
    const {started, notify} = desktop('darwin', {}, ['terminal-notifier']);
    await notify('--sound\u001b[31m', '-[a]\u0007\n<b>x</b>; y');
    expect(started[0]?.args.slice(0, 4)).toEqual(['-title', 'sound [31m', '-message', 'a] b x /b y']);
  });
  it('that fails says what the program said', async () => {
    const {notify} = desktop('linux', {DISPLAY: ':0'}, ['notify-send'], 1);
    expect(await notify('t', 'b')).toEqual({ok: false, how: '/programs/notify-send: no server'});
  });
});
