import type {LoginPlace} from '../../core/login-place.ts';
import type {Machine, Provider, ProviderFacts} from '../../core/provider.ts';

/** Where its code is. */
type Code = {
  discover(): Promise<Provider['discover']>;
  fetch(): Promise<Provider['fetch']>;
  demo: Provider['demo'];
};

/** A provider whose code is loaded when it is used: that of `discover` only where a place may hold a login. */
export const lazyProvider = (facts: ProviderFacts, code: Code): Provider => ({
  ...facts,
  demo: code.demo,
  async discover(machine, only) {
    for (const place of facts.places)
      if (await mayHold(place, facts.id, machine)) return (await code.discover())(machine, only);
    return [];
  },
  fetch: async (account, wire) => (await code.fetch())(account, wire),
});

/** False only where the place surely holds nothing: then none of its files need be looked for. */
async function mayHold(place: LoginPlace, provider: string, machine: Machine): Promise<boolean> {
  const {stored, variables = [], files = [], programs = []} = place;
  if (variables.some(name => Boolean(machine.env[name]))) return true;
  if (stored && (await machine.stored(provider)).length > 0) return true;
  for (const file of files) if (await mayBeThere(file, machine)) return true;
  for (const program of programs) if ((await machine.which(program)) !== null) return true;
  return false;
}

/** From the home directory down: where the first directory is not there, nothing below it is looked for. */
async function mayBeThere(file: string, machine: Machine): Promise<boolean> {
  // Other directories hold it there than the usual ones.
  if (machine.platform === 'win32') return true;
  const [root = '', ...names] = file.split('/');
  if (root === '') return (await machine.list(parentOf(file))).includes(names.at(-1) ?? '');
  if (root !== '~') return Boolean(machine.env[root.replace(/^\$/, '')]);
  let directory = machine.home;
  for (const name of names) {
    const found = await machine.list(directory);
    // A directory that lists nothing may be one that may not be listed.
    if (found.length === 0) return true;
    if (!found.some(each => isSame(each, name))) return false;
    directory += `/${name}`;
  }
  return true;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';
/** As file systems do that know no case. */
function isSame(name: string, pattern: string): boolean {
  const [start = '', end] = pattern.toLowerCase().split('*');
  const lower = name.toLowerCase();
  return end === undefined ? lower === start : lower.startsWith(start) && lower.endsWith(end);
}
