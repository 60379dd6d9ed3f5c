import type {Server} from 'node:http';
import type {Socket} from 'node:net';

/**
 * As many connections as one process may well have. Where there are more, the one that says nothing for longest makes
 * room: whoever opens a thousand and waits keeps nobody out.
 */
const mostConnections = 512;

const busy = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

export type Connections = {
  /** While something is answered on it, a connection stays. */
  hold(socket: Socket): () => void;
  closeAll(): void;
};

export function limitConnections(server: Server, most = mostConnections): Connections {
  // In the order in which they were last of use.
  const idle = new Set<Socket>();
  const held = new Set<Socket>();

  function dismiss(socket: Socket): void {
    idle.delete(socket);
    held.delete(socket);
    // What does not take even this is not waited for.
    socket.end(busy, () => socket.destroy());
    socket.destroySoon();
  }

  server.on('connection', (socket: Socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      idle.delete(socket);
      held.delete(socket);
    });
    if (idle.size + held.size >= most) {
      const [oldest] = idle;
      dismiss(oldest ?? socket);
      if (oldest === undefined) return;
    }
    idle.add(socket);
  });

  return {
    hold(socket) {
      idle.delete(socket);
      held.add(socket);
      return () => {
        if (held.delete(socket) && !socket.destroyed) idle.add(socket);
      };
    },
    closeAll() {
      for (const socket of [...idle, ...held]) socket.destroy();
    },
  };
}
