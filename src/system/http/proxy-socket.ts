import {subscribe, unsubscribe} from 'node:diagnostics_channel';
import type {ClientRequest} from 'node:http';
import type {Socket} from 'node:net';
import {addAbortSignal} from 'node:stream';

/**
 * Lets an agent `connect` through its proxy. Until the proxy has answered, an agent shows its socket to nobody, and would
 * keep it when its request is given up. So what it opens is given the signal, and taken where Node announces it: all
 * sockets from Node 23 on, before that the plain ones. `onSocket` is called before anything is read.
 */
export async function openedFor<T>(
  request: ClientRequest,
  connect: (signal: AbortSignal) => Promise<T>,
  onSocket: (socket: Socket) => void = () => {},
): Promise<T> {
  const stop = new AbortController();
  const end = () => stop.abort();
  // A request without a socket of its own says in this way only that it was given up.
  request.once('abort', end);
  try {
    if (request.destroyed) throw new Error('the request was given up');
    return await announcing(
      () => connect(stop.signal),
      socket => {
        addAbortSignal(stop.signal, socket);
        // Whoever listened may be gone when the connection breaks.
        socket.on('error', () => {});
        onSocket(socket);
      },
    );
  } catch (error) {
    end();
    throw error;
  } finally {
    request.off('abort', end);
  }
}

const channel = 'net.client.socket';

/** Calls `connect`, and `onSocket` with what it opens at once. */
function announcing<T>(connect: () => T, onSocket: (socket: Socket) => void): T {
  const opened: Socket[] = [];
  const note = (message: unknown) => opened.push((message as {socket: Socket}).socket);
  subscribe(channel, note);
  try {
    return connect();
  } finally {
    unsubscribe(channel, note);
    opened.forEach(onSocket);
  }
}

/** User name and password of a proxy's address. A '%' that stands for itself is meant as it stands. */
export const signInOf = ({username, password}: URL): {name: string; password: string} => ({
  name: decoded(username),
  password: decoded(password),
});

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
