import {isQuiet} from '../core/alerts/quiet.ts';
import {systemClock} from '../core/clock.ts';
import type {Services} from '../core/services.ts';
import {testEventJson} from '../output/event-json.ts';
import {createCredentialStore} from '../system/credentials/store.ts';
import {homeOf, pathsOf} from '../system/paths.ts';
import {en} from '../view/strings/en.ts';
import {createChannels, type Report} from './alert-channels.ts';
import type {Asked} from './args/parse.ts';
import {UsageError} from './args/parse.ts';
import {ntfyId, partsOf, wordsFor} from './deliver.ts';
import {complain, print, reasonOf} from './output.ts';
import {complainOf, servicesFor} from './program.ts';
import {askHidden, isInterrupt, readPiped} from './prompt.ts';

/** `test` gives one by every channel and says which was used and why; `ntfy` keeps the topic. */
export async function runAlerts(asked: Asked): Promise<number> {
  if (asked.argument === 'ntfy') return asked.has('forget') ? forgetTopic() : keepTopic();
  if (asked.has('forget')) throw new UsageError('alerts test has no option --forget');
  const services = await servicesFor(asked, {ledger: false});
  try {
    complainOf(services);
    const reports = await tryChannels(services);
    const {quiet, channels} = services.settings.store.get().settings.alerts;
    if (channels.length === 0)
      return complain('no channel is set (alerts.channels); alerts show in the details only', 1);
    const lines = reports.map(({channel, ok, how}) => `${channel}: ${ok ? how : `failed: ${how}`}\n`);
    if (isQuiet(quiet, services.now())) lines.push('Quiet hours (alerts.quiet): other alerts wait until they end.\n');
    return await print(services.redact(lines.join('')), reports.every(({ok}) => ok) ? 0 : 1);
  } finally {
    await services.close();
  }
}

async function tryChannels(services: Services): Promise<Report[]> {
  const stream = [process.stderr, process.stdout].find(({isTTY}) => isTTY);
  const terminal = stream === undefined ? null : (text: string) => void stream.write(text);
  const channels = createChannels({...partsOf(services, () => terminal, systemClock), again: false});
  const {strings} = wordsFor(services);
  const shown = await channels.show({title: 'mystatus-tui', body: strings.alerts.test, urgent: false});
  return [...shown, ...(await channels.hand(testEventJson(services.now(), en.alerts.test)))];
}

const topicPattern = /^[\w-]{1,64}$/;
const store = () =>
  createCredentialStore(
    pathsOf(process.env, process.platform, homeOf(process.env, process.platform)).configDirectory,
    ({text}) => void complain(text),
  );

async function keepTopic(): Promise<number> {
  try {
    const typed = process.stdin.isTTY ? (await askHidden('Topic (hidden; you can paste): ')).line : await readPiped();
    const topic = typed.trim();
    if (!topicPattern.test(topic)) return complain('a topic has 1 to 64 letters, digits, _ and -', 2);
    const kept = store();
    for (const {id} of await kept.list(ntfyId)) await kept.remove(id);
    await kept.add({provider: ntfyId, secret: topic, fields: {}});
    return await print('Stored. Set alerts.ntfy and the channel webhook to use it; "alerts test" tries it.\n');
  } catch (error) {
    return isInterrupt(error) ? 130 : complain(`not stored: ${reasonOf(error)}`, 1);
  }
}

async function forgetTopic(): Promise<number> {
  const kept = store();
  const all = await kept.list(ntfyId);
  for (const {id} of all) await kept.remove(id);
  return print(all.length === 0 ? 'There is no topic.\n' : 'The topic is forgotten.\n');
}
