import {createKeychain} from '../../src/system/credentials/keychain.ts';

/** A session bus that is not there: on Linux, no keychain can be reached. Elsewhere it does not need one. */
export const withoutBus = {DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus'};
/** Whether a keychain can be made unreachable here. */
export const canRefuse = process.platform === 'linux';

const names = ['HOME', 'USER', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'SYSTEMROOT', 'USERPROFILE', 'APPDATA'];

/** The developer's own session, as far as it leads to a keychain. */
export const session: Record<string, string> = Object.fromEntries(
  names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
);

/** Tries the keychain of this machine with an entry that is gone afterwards. Null when it works, else what it said. */
export async function tryKeychain(): Promise<string | null> {
  const keychain = createKeychain({env: session, promptMs: 5000});
  const id = `test ${process.pid} ${Date.now()}`;
  const why = await keychain.write(id, 'test-client-secret');
  return why ?? (await keychain.remove(id));
}
