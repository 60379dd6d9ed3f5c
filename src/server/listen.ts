import {chmodSync, unlinkSync} from 'node:fs';
import type {Server} from 'node:http';
import {type AddressInfo, connect} from 'node:net';
import type {ListenAddress} from './address.ts';

/** Rejects when the address cannot be had. */
export async function listening(server: Server, address: ListenAddress): Promise<void> {
  try {
    await listenOn(server, address);
  } catch (error) {
    if (!('path' in address) || codeOf(error) !== 'EADDRINUSE' || (await answers(address.path))) throw error;
    // Who listened there was killed, and could not take it away.
    unlinkSync(address.path);
    await listenOn(server, address);
  }
  // A socket that others may open is one that they may ask.
  if ('path' in address) chmodSync(address.path, 0o600);
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;

const listenOn = (server: Server, address: ListenAddress): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Only of a socket without a listener is it known that nobody is there. */
const answers = (path: string): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', error => resolve(codeOf(error) !== 'ECONNREFUSED'));
  });

/** With the port that was free, where any was good. */
export function boundAddress(server: Server, address: ListenAddress): ListenAddress {
  if ('path' in address) return address;
  return {host: address.host, port: (server.address() as AddressInfo).port};
}
