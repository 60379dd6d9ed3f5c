import type {Delivered, Message} from '../../core/alerts/message.ts';
import {cleaned} from '../../core/alerts/message.ts';
import type {Machine, RunResult} from '../../core/provider.ts';

/** Notifications of the desktop, by the program that each system has for it. Texts are arguments, never part of a script. */

type Desktop = Pick<Machine, 'platform' | 'env' | 'which'> & {
  run(program: string, args: readonly string[]): Promise<RunResult>;
};
type Way = {program: string; args: string[]} | {why: string};

export async function notifyDesktop(message: Message, desktop: Desktop): Promise<Delivered> {
  const way = await wayOf(message, desktop);
  if ('why' in way) return {ok: false, how: way.why};
  const {code, timedOut, stderr} = await desktop.run(way.program, way.args);
  if (code === 0) return {ok: true, how: `shown by ${way.program}`};
  const why = timedOut ? 'did not end' : cleaned(stderr, 80) || `ended with ${code}`;
  return {ok: false, how: `${way.program}: ${why}`};
}

async function wayOf(message: Message, desktop: Desktop): Promise<Way> {
  const {platform, env} = desktop;
  const texts = {...message, title: argument(message.title), body: argument(message.body)};
  if (platform === 'win32' || env.WSL_DISTRO_NAME) return powershell(texts, desktop);
  if (env.SSH_CONNECTION || env.SSH_TTY) return {why: 'not over SSH: it would show on the other machine'};
  return platform === 'darwin' ? onMac(texts, desktop) : onFreedesktop(texts, desktop);
}

/** What begins with a dash would be an option, what stands in angle brackets markup. */
const argument = (text: string): string => cleaned(text.replace(/[<>]/g, ' ')).replace(/^[-[\s]+/, '');

async function onFreedesktop({title, body, urgent}: Message, {env, which}: Desktop): Promise<Way> {
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY && !env.DBUS_SESSION_BUS_ADDRESS)
    return {why: 'there is no desktop here (DISPLAY, WAYLAND_DISPLAY, DBUS_SESSION_BUS_ADDRESS)'};
  const program = await which('notify-send');
  if (program === null) return {why: 'notify-send is not installed'};
  return {program, args: ['-a', 'mystatus-tui', '-u', urgent ? 'critical' : 'normal', '--', title, body]};
}

async function onMac({title, body}: Message, {which}: Desktop): Promise<Way> {
  const notifier = await which('terminal-notifier', ['/opt/homebrew/bin', '/usr/local/bin']);
  if (notifier !== null)
    return {program: notifier, args: ['-title', title, '-message', body, '-group', 'mystatus-tui']};
  const program = await which('osascript', ['/usr/bin']);
  if (program === null) return {why: 'neither terminal-notifier nor osascript is there'};
  const script = ['on run argv', 'display notification (item 2 of argv) with title (item 1 of argv)', 'end run'];
  return {program, args: [...script.flatMap(line => ['-e', line]), title, body]};
}

/** The one of Windows itself: PowerShell 7 cannot show a notification. */
async function powershell(message: Message, {which, env}: Desktop): Promise<Way> {
  const below = 'System32/WindowsPowerShell/v1.0/powershell.exe';
  const places = [`${env.SystemRoot ?? 'C:/Windows'}/${below}`, `/mnt/c/Windows/${below}`];
  const program = await which('powershell.exe', places);
  if (program === null) return {why: 'powershell.exe is not there'};
  const script = Buffer.from(toastScript(message), 'utf16le').toString('base64');
  return {program, args: ['-NoProfile', '-NonInteractive', '-EncodedCommand', script]};
}

const toastScript = ({title, body}: Message): string => `
$ErrorActionPreference = 'Stop'
$text = '${Buffer.from(JSON.stringify([title, body]), 'utf8').toString('base64')}'
$texts = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($text)))
$null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$null = [Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom.XmlDocument, ContentType = WindowsRuntime]
$lines = $texts | ForEach-Object { '<text>' + [Security.SecurityElement]::Escape($_) + '</text>' }
$xml = New-Object Windows.Data.Xml.Dom.XmlDocument
$xml.LoadXml('<toast><visual><binding template="ToastGeneric">' + ($lines -join '') + '</binding></visual></toast>')
$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'
$toast = New-Object Windows.UI.Notifications.ToastNotification $xml
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($app).Show($toast)
`;
