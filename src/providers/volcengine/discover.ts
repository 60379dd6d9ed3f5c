import {type Account, accountKey, fingerprintOf, type Machine} from '../../core/provider.ts';
import {arkcli, id, identityFiles, pathOnWindows, paths, settingFiles} from './program.ts';

/** Whoever is signed in to arkcli, where there is somebody. Never throws. */
export async function discover(machine: Machine, names?: readonly string[]): Promise<Account[]> {
  if (names !== undefined && !names.includes(arkcli.name)) return [];
  const path = await findProgram(machine);
  const login = path === null ? [] : await loginOf(machine);
  if (path === null || login.length === 0) return [];
  return [
    {
      ...{key: accountKey(machine, id, arkcli.name), provider: id, label: arkcli.name, source: arkcli.name},
      ...{place: arkcli.name, credential: {path}, secrets: [], expiresAt: null, stored: false},
      fingerprint: fingerprintOf(machine, path, ...login),
    },
  ];
}

async function findProgram({env, home, platform, which}: Machine): Promise<string | null> {
  const given = env.ARKCLI_PATH ? await which(env.ARKCLI_PATH) : null;
  const windows = platform === 'win32' && env.APPDATA ? [`${env.APPDATA}/${pathOnWindows}`] : [];
  return given ?? which(arkcli.name, [...paths.map(path => path.replace(/^~/, home)), ...windows]);
}

/** What changes with another sign-in; nothing where nobody is signed in. The texts are only hashed. */
async function loginOf(machine: Machine): Promise<string[]> {
  const directory = `${machine.home}/.arkcli`;
  const identities = await machine.list(`${directory}/identities`);
  const files = identities.flatMap(name => identityFiles.map(file => `${directory}/identities/${name}/${file}`));
  const texts = await Promise.all(files.map(file => textOf(machine, file)));
  if (identities.length > 0) return [...identities, ...texts];
  const settings = await Promise.all(settingFiles.map(file => textOf(machine, `${directory}/${file}`)));
  return settings.filter(text => /(?:access|secret)[_-]?key\w*["']?\s*[:=]\s*["']?[^\s"']/i.test(text));
}

async function textOf(machine: Machine, path: string): Promise<string> {
  const file = await machine.readText(path);
  return file.state === 'ok' ? file.text : '';
}
