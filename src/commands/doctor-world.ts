import {existsSync, statSync} from 'node:fs';
import {badAddress} from '../compose/real-world.ts';
import {type ComposeOptions, compose} from '../compose.ts';
import {type Failure, ProviderError} from '../core/model.ts';
import {failureFrom} from '../core/polling/settle.ts';
import type {ProviderFacts} from '../core/provider.ts';
import type {Services} from '../core/services.ts';
import {settingsOf} from '../core/settings.ts';
import {customFacts} from '../providers/custom/index.ts';
import {catalogue} from '../providers/index.ts';
import {ignoreErrors} from '../system/files/private-file.ts';
import {originFor} from '../system/http/origins.ts';
import {createWire} from '../system/http/wire.ts';
import {ledgerPath} from '../system/ledger/file.ts';
import {createMachine} from '../system/machine.ts';
import {pathsOf} from '../system/paths.ts';
import {version} from '../version.ts';
import type {Directory} from './doctor-directories.ts';

/** What `doctor` looks at beside the program itself. */
export type DoctorWorld = {
  services: Services;
  /** All, or those that the command line names. */
  providers: readonly ProviderFacts[];
  isNamed: boolean;
  /** True for a provider that the settings switch off. */
  isOff(id: string): boolean;
  /** Asks a provider's host for nothing, without a credential. Null when it answered, else why it did not. */
  reach(provider: ProviderFacts, timeoutMs: number): Promise<Failure | null>;
};

type Environment = ComposeOptions['env'];

export function directoriesOf(env: Environment): Directory[] {
  const {configDirectory, stateDirectory} = ourPaths(env);
  return [
    {id: 'config-directory', title: 'Settings directory', path: configDirectory},
    {id: 'state-directory', title: 'Ledger directory', path: stateDirectory},
  ];
}

function ourPaths(env: Environment) {
  const {platform, home} = createMachine({env});
  return pathsOf(env, platform, home);
}

/** Where there is no ledger yet none is made: whether there is one is what is asked. Something odd in its place is named. */
const isLedgerThere = (path: string): boolean =>
  existsSync(path) || ignoreErrors(() => !statSync(`${path}.lock`).isFile(), false);

export async function doctorWorld(
  env: Environment,
  demo: ComposeOptions['demo'],
  named: readonly string[] | undefined,
): Promise<DoctorWorld> {
  const ledger = isLedgerThere(ledgerPath(ourPaths(env).stateDirectory));
  const options: ComposeOptions = {env, demo, providers: named, override: settings => settings, ledger};
  const services = await compose(options);
  const {settings} = services.settings.store.get();
  const world = {
    services,
    providers: [...catalogue, ...settings.customProviders.map(customFacts)].filter(
      ({id}) => named?.includes(id) ?? true,
    ),
    isNamed: named !== undefined,
    isOff: (id: string) => !settingsOf(settings, id).enabled,
  };
  if (demo !== undefined) return {...world, reach: async () => null};
  return {
    ...world,
    async reach(provider, timeoutMs) {
      const [host] = provider.hosts;
      if (host === undefined) return null; // the vendor's own program asks
      const {url} = settingsOf(settings, provider.id);
      const target = provider.custom ? {origin: null} : originFor(provider.id, env, url);
      if ('problem' in target) return failureFrom(badAddress(target.problem), text => text);
      const wire = createWire({provider, origin: target.origin, env, version, now: Date.now, deadlineMs: timeoutMs});
      const answer = wire.send({url: provider.custom ? `${host}/` : `https://${host}/`}).then(
        () => null,
        // A redirect or a large page is an answer too.
        (error: unknown) =>
          error instanceof ProviderError && error.code === 'bad_response' ? null : failureFrom(error, text => text),
      );
      return answer;
    },
  };
}
