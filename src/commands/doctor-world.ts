import {badAddress, type ComposeOptions, compose} from '../compose.ts';
import {type Failure, ProviderError} from '../core/model.ts';
import type {Program} from '../core/program.ts';
import type {Provider} from '../core/provider.ts';
import {settingsOf} from '../core/settings.ts';
import {failureFrom} from '../core/settle.ts';
import {catalogue} from '../providers/index.ts';
import {createWire} from '../system/http.ts';
import {createMachine} from '../system/machine.ts';
import {originFor} from '../system/origins.ts';
import {pathsOf} from '../system/paths.ts';
import {version} from '../version.ts';

/** What `doctor` looks at beside the program itself. */
export type DoctorWorld = {
  program: Program;
  providers: readonly Provider[];
  directories: readonly {id: string; title: string; path: string}[];
  /** Asks a provider's host for nothing, without a credential. Null when it answered, else why it did not. */
  reach(provider: Provider, timeoutMs: number): Promise<Failure | null>;
};

export async function doctorWorld(env: ComposeOptions['env'], demo: boolean): Promise<DoctorWorld> {
  const options: ComposeOptions = {env, demo, providers: undefined, override: settings => settings, ledger: true};
  const program = await compose(options);
  if (demo) return {program, providers: catalogue, directories: [], reach: async () => null};
  const {platform, home} = createMachine({env});
  const {configDirectory, stateDirectory} = pathsOf(env, platform, home);
  const {settings} = program.settings.store.get();
  return {
    program,
    providers: catalogue,
    directories: [
      {id: 'config-directory', title: 'Settings directory', path: configDirectory},
      {id: 'state-directory', title: 'Ledger directory', path: stateDirectory},
    ],
    async reach(provider, timeoutMs) {
      const target = originFor(provider.id, env, settingsOf(settings, provider.id).url);
      if ('problem' in target) return failureFrom(badAddress(target.problem), text => text);
      const wire = createWire({provider, origin: target.origin, env, version, now: Date.now, deadlineMs: timeoutMs});
      const [host = ''] = provider.hosts;
      const answer = wire.send({url: `https://${host}/`}).then(
        () => null,
        // A redirect or a large page is an answer too.
        (error: unknown) =>
          error instanceof ProviderError && error.code === 'bad_response' ? null : failureFrom(error, text => text),
      );
      return answer;
    },
  };
}
