import {join} from 'node:path';
import type {CustomControl, CustomStatus, PresetName} from '../core/custom/control.ts';
import {boundTo, type CustomProvider, mostCustomProviders, takesLogin} from '../core/custom/definition.ts';
import {needsTrust} from '../core/custom/gate.ts';
import type {Failure} from '../core/model.ts';
import type {MonitorDeps} from '../core/polling/deps.ts';
import type {Machine, Provider} from '../core/provider.ts';
import {withSafeLabels} from '../core/text/reveal.ts';
import {customProvider} from '../providers/custom/index.ts';
import {type TrialDeps, tryLive, trySaved} from '../providers/custom/trial.ts';
import {catalogue} from '../providers/index.ts';
import {onKeychain} from '../providers/shared/stored.ts';
import {createGate} from '../system/custom/gate.ts';
import {installProgram, presetAt, readPresets} from '../system/custom/presets.ts';
import {bindingOf, isTrusted, trust, untrust} from '../system/custom/trust.ts';
import {isRecord} from '../system/files/json-store.ts';
import {checkOne, readCustom} from '../system/settings/custom-read.ts';
import {changeSettings} from '../system/settings/file.ts';
import type {CustomPlace} from './world.ts';

type Deps = Pick<MonitorDeps, 'wireFor' | 'ledger' | 'redactor'> &
  CustomPlace & {
    machine: Machine;
    /** Ends what is in flight. */
    closed: AbortSignal;
  };

const builtIn = catalogue.map(({id}) => id);

export function createCustomControl(deps: Deps): CustomControl {
  const {directory, gate, machine, redactor} = deps;
  const {home} = machine;
  const programs = join(directory, 'programs');
  const trial: TrialDeps = {machine, redact: redactor.redact};
  const providerOf = (definition: CustomProvider, through = gate): Provider =>
    withSafeLabels(onKeychain(customProvider(definition, through)), redactor);
  return {
    entries: () => readCustom(directory, builtIn),
    check: written => checkOne(written, builtIn),
    status: definition => statusOf(definition, providerOf(definition), deps),
    bindingOf: definition => bindingOf(definition, home),
    trust: definition => trust(directory, definition, home, machine.now()),
    untrust: id => untrust(directory, id, machine.now()),
    refusalOf: definition => gate.refusalOf(definition),
    async test(definition, {timeoutMs, secret, isAgreed, preset}) {
      if (preset !== undefined) installProgram(preset, programs, machine.platform);
      const provider = providerOf(definition, isAgreed ? createGate({...gate, directory, isAgreed}) : gate);
      const wire = deps.wireFor(provider, deps.closed, timeoutMs);
      return tryLive(definition, provider, wire, key => waitOf(key, deps), {
        ...trial,
        machine: withDraft(machine, definition, secret),
      });
    },
    testSaved: (definition, saved) => trySaved(definition, saved, trial),
    presets: readPresets,
    preset(name, address) {
      const why = address !== null && /[?#\s]/.test(address.trim()) ? 'the address must have no query' : null;
      const written = presetAt(name, address, programs);
      const entry = {...checkOne(written, builtIn), written};
      return why === null ? entry : {...entry, definition: null, problems: [why]};
    },
    add: (written, preset) => add(written, preset, deps, programs),
  };
}

/** As if the secret were stored, for this definition alone. */
function withDraft(machine: Machine, definition: CustomProvider, secret: string | undefined): Machine {
  if (secret === undefined) return machine;
  const {id} = definition;
  const draft = {id: 'draft', provider: id, secret, fields: {boundTo: boundTo(definition)}};
  return {...machine, stored: async () => [draft]};
}

async function statusOf(
  definition: CustomProvider,
  provider: Provider,
  {directory, machine}: Deps,
): Promise<CustomStatus> {
  const trusted = needsTrust(definition) ? isTrusted(directory, definition, machine.home) : null;
  const accounts = await provider.discover(machine);
  const problems = [...new Set(accounts.flatMap(({problem}) => problem?.detail ?? []))];
  const refused = accounts.map(({problem}) => problem?.refused?.code);
  if (takesLogin(definition)) {
    const credential = accounts.some(({stored}, at) => stored && refused[at] !== 'given-elsewhere');
    return {trusted, credential, problems};
  }
  const isUnseen = definition.http?.auth === undefined || trusted === false;
  return {trusted, credential: isUnseen ? null : !refused.includes('not-set'), problems};
}

/** What the service asked for still holds, whoever asks. */
function waitOf(key: string, {ledger, machine}: Deps): Failure | null {
  const failure = ledger.row(key)?.failure ?? null;
  return failure?.retryAt != null && failure.retryAt > machine.now() ? failure : null;
}

async function add(written: unknown, preset: PresetName | undefined, deps: Deps, programs: string): Promise<void> {
  const {directory, machine} = deps;
  const {problems, entries} = readCustom(directory, builtIn);
  if (problems[0] !== undefined) throw new Error(`${problems[0]}; nothing was written`);
  const {definition, problems: wrong} = checkOne(written, builtIn);
  if (definition === null) throw new Error(wrong.join('; '));
  requireRoom(entries, definition.id);
  if (preset !== undefined) installProgram(preset, programs, machine.platform);
  await changeSettings(directory, machine.now(), raw => {
    const list: unknown[] = Array.isArray(raw.customProviders) ? raw.customProviders : [];
    requireRoom(list, definition.id);
    return {...raw, customProviders: [...list, written]};
  });
}

function requireRoom(list: readonly unknown[], id: string): void {
  if (list.some(each => isRecord(each) && each.id === id)) throw new Error(`"${id}" is taken in config.json`);
  if (list.length >= mostCustomProviders)
    throw new Error(`config.json describes ${mostCustomProviders} providers, which is the most`);
}
