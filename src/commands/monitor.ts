import {accessSync, constants} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import type {Services} from '../core/services.ts';
import {writeCompiledCode} from '../system/compiled-code.ts';
import {keepFunctions} from '../system/kept-functions.ts';
import {startProgram} from '../system/programs/programs.ts';
import {firstFrame} from '../terminal/first-frame.ts';
import type {Asked} from './args/parse.ts';
import {announceMissingAuthorities} from './authorities.ts';
import {startDelivery} from './deliver.ts';
import {remember, reportCrash, screenIsClosed, screenIsOpen} from './faults.ts';
import {servicesFor} from './program.ts';
import {pushMetrics} from './push.ts';

// A login that is slow to find does not hold up the others; it comes when it comes.
const lookPatienceMs = 150;
// By then the first frames are drawn, and nobody waits for what this takes.
const startedMs = 3000;

/** The monitor itself. The terminal is as it was before anything is printed here. */
export async function runMonitor(asked: Asked): Promise<number> {
  await announceMissingAuthorities();
  const painted = firstFrame();
  // All are needed for the first frame: the screen is loaded while the ledger is opened and logins are looked for.
  const opening = servicesFor(asked, {ledger: true, live: true, seed: painted?.state});
  const [services, {openScreen}] = await Promise.all([
    opening,
    import('./open-screen.tsx'),
    // Who stands there already need not be found first.
    painted === null ? opening.then(lookForAWhile) : null,
  ]);
  await hearOfCertificates(process.env.NODE_EXTRA_CA_CERTS);
  setTimeout(keepCode, startedMs).unref();
  let write: ((text: string) => void) | null = null;
  const delivery = startDelivery(services, {terminal: () => write, complain: text => noticeIn(services, text)});
  const push = pushMetrics(asked, services, lines => setMetricsNotices(services, lines));
  try {
    const {exitCode} = await openScreen(services, {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      env: process.env,
      start: (name, args) => startProgram(name, args, {env: process.env, platform: process.platform}),
      flags: {noColor: asked.has('no-color'), ascii: asked.has('ascii'), noMouse: asked.has('no-mouse')},
      opened: screenIsOpen,
      heard: remember,
      painted,
      interject: to => {
        write = to;
      },
    });
    return exitCode;
  } catch (error) {
    return reportCrash(error);
  } finally {
    screenIsClosed();
    keepFunctions();
    await delivery.close();
    await push.close();
    await services.close();
  }
}

const lookForAWhile = ({monitor}: Services): Promise<void> =>
  Promise.race([monitor.rediscover(), pause(lookPatienceMs)]);

function keepCode(): void {
  writeCompiledCode();
  keepFunctions();
}

/** A channel that does not work is said on the screen. */
const noticeIn = ({monitor}: Services, text: string): void =>
  monitor.store.update(state => ({...state, notices: [...state.notices, {code: 'alerts', text}]}));

/** In the place of those of before. */
const setMetricsNotices = ({monitor}: Services, lines: readonly string[]): void =>
  monitor.store.update(state => ({
    ...state,
    notices: [
      ...state.notices.filter(({code}) => code !== 'metrics'),
      ...lines.map(text => ({code: 'metrics' as const, text})),
    ],
  }));

/**
 * At the first connection Node says of certificates that cannot be read, and says it below everything that can be kept
 * off the screen: let it do so before the screen is open.
 */
async function hearOfCertificates(path: string | undefined): Promise<void> {
  if (!path) return;
  try {
    accessSync(path, constants.R_OK);
  } catch {
    (await import('node:tls')).createSecureContext();
  }
}
