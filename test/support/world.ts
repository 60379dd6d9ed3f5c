import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {demoServices} from '../../src/providers/index.ts';
import {demoFiles} from '../../src/system/demo-files.ts';
import {urlVariable} from '../../src/system/http/origins.ts';
import {writeDemoPrograms} from './demo-programs.ts';
import {writeDemoStores} from './demo-stores.ts';
import {families} from './families.ts';
import {type Handler, type Service, startOnOwnPort, startService} from './service.ts';

const demos = await demoServices();

/** A computer of its own for one test: an empty home, and a service on loopback for every provider. */
export type World = {
  home: string;
  /** For child processes: nothing of the developer's own environment is in it. */
  env: Record<string, string>;
  services: Record<string, Service>;
  /** Writes a file below the home directory. */
  write(path: string, content: string): void;
  /** Nothing answers any more; the result brings every service back at its old address. For a world `onOwnPorts`. */
  pullTheNetwork(): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

/** `logins`: the providers whose invented credential files are written; the services answer as those of `--demo` do. */
export async function createWorld(
  logins: readonly string[] = families,
  {start = startService}: {start?: (handler: Handler) => Promise<Service>} = {},
): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), 'mystatus-'));
  const services: Record<string, Service> = {};
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(home, path)), {recursive: true});
    writeFileSync(join(home, path), content);
  };
  for (const [id, demo] of Object.entries(demos))
    services[id] = await start(request => demo.answer(request, Date.now()));
  const theirs = Object.entries(demos).flatMap(([id, demo]) => (logins.includes(id) ? [demo] : []));
  for (const [path, text] of demoFiles(theirs, Date.now())) write(path, text);
  for (const demo of theirs) writeDemoStores(demo, home, Date.now());
  const programs = writeDemoPrograms(theirs, home, Date.now());
  const urls = Object.entries(services).map(([id, {origin}]) => [urlVariable(id), origin]);
  return {
    home,
    env: {
      HOME: home,
      PATH: `${programs}:${process.env.PATH ?? ''}`,
      TERM: 'xterm-256color',
      LANG: 'en_US.UTF-8',
      ...Object.assign({}, ...theirs.map(({env}) => env)),
      ...Object.fromEntries(urls),
    },
    services,
    write,
    async pullTheNetwork() {
      const ports = Object.entries(services).map(([id, {origin}]) => [id, Number(new URL(origin).port)] as const);
      await Promise.all(Object.values(services).map(service => service.close()));
      return async () => {
        for (const [id, port] of ports) {
          services[id] = await startService(
            request => demos[id]?.answer(request, Date.now()) ?? {status: 404, body: {}},
            port,
          );
        }
      };
    },
    async close() {
      await Promise.all(Object.values(services).map(service => service.close()));
      rmSync(home, {recursive: true, force: true, maxRetries: 5, retryDelay: 50});
    },
  };
}

/** For a world whose services go and come back. */
export const onOwnPorts = {start: startOnOwnPort};
