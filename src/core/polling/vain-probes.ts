import type {Machine} from '../provider.ts';

// Most tools keep their files in a directory of their own in one of these.
const containers = ['', '.config', '.local', '.local/share'];

/**
 * No file is looked for below a directory that is not there: of forty tools a person has three, and the names in the home
 * directory tell which. Names are compared letter by letter, which not every system does.
 */
export function withoutVainProbes(machine: Machine): Machine {
  const {home, platform} = machine;
  if (platform !== 'linux') return machine;

  /** Whether one of the containers says that the path cannot be there. An empty list says nothing: it may be unreadable. */
  async function isVain(path: string): Promise<boolean> {
    if (!path.startsWith(`${home}/`)) return false;
    const parts = path.slice(home.length + 1).split('/');
    for (const [depth, part] of parts.slice(0, -1).entries()) {
      const container = parts.slice(0, depth).join('/');
      if (!containers.includes(container)) return false;
      const names = await machine.list(container === '' ? home : `${home}/${container}`);
      if (names.length > 0 && !names.includes(part)) return true;
    }
    return false;
  }

  return {
    ...machine,
    readText: async path => ((await isVain(path)) ? {state: 'missing'} : machine.readText(path)),
    readJson: async path => ((await isVain(path)) ? {state: 'missing'} : machine.readJson(path)),
    modifiedAt: async path => ((await isVain(path)) ? null : machine.modifiedAt(path)),
    list: async path => ((await isVain(path)) ? [] : machine.list(path)),
    query: async (path, ...rest) => ((await isVain(path)) ? {state: 'missing'} : machine.query(path, ...rest)),
  };
}
