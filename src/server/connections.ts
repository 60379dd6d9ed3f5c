import type {Server, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';

/**
 * As many connections as one process may well have. Where there are more, one that is of no use makes room: the one that
 * has said nothing for longest, else one whose answer nobody reads. Whoever opens a thousand and waits keeps nobody out.
 */
const mostConnections = 512;

const busy = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export type Connections = {
  /** While something is answered on it, a connection is not idle. */
  hold(socket: Socket, response: ServerResponse): void;
  closeAll(): void;
};

export function limitConnections(server: Server, most = mostConnections): Connections {
  // Both in the order in which they became so.
  const idle = new Set<Socket>();
  const held = new Map<Socket, ServerResponse>();

  /** What does not take even this is not waited for. */
  function dismiss(socket: Socket): void {
    const isAnswered = held.get(socket)?.headersSent === true;
    forget(socket);
    if (isAnswered) socket.destroy();
    else socket.end(busy, () => socket.destroy()).destroySoon();
  }
  function forget(socket: Socket): void {
    idle.delete(socket);
    held.delete(socket);
  }
  function useless(): Socket | undefined {
    const [oldest] = idle;
    if (oldest !== undefined) return oldest;
    for (const [socket, response] of held) if (response.writableEnded) return socket;
    return undefined;
  }

  server.on('connection', (socket: Socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('close', () => forget(socket));
    if (idle.size + held.size >= most) {
      const leaving = useless() ?? socket;
      dismiss(leaving);
      if (leaving === socket) return;
    }
    idle.add(socket);
  });

  return {
    hold(socket, response) {
      idle.delete(socket);
      held.set(socket, response);
      response.once('close', () => {
        if (held.delete(socket) && !socket.destroyed) idle.add(socket);
      });
    },
    closeAll() {
      for (const socket of [...idle, ...held.keys()]) socket.destroy();
    },
  };
}
