import { createSocket } from 'node:dgram';
import { createConnection } from 'node:net';

/** Where frames go out and bytes come in: a TCP connection or a UDP socket. */
export interface FrameLink {
  write(bytes: Uint8Array): void;
  close(): void;
}

export interface LinkEvents {
  /** Frames may be written now. */
  readonly up: () => void;
  readonly heard: (bytes: Uint8Array) => void;
  /** It is gone; `reason` is empty where the other side has closed. */
  readonly down: (reason: string) => void;
}

interface Station {
  readonly host: string;
  readonly port: number;
}

export function openTcp(station: Station, events: LinkEvents): FrameLink {
  const socket = createConnection(station);
  let reason = '';
  socket.setNoDelay(true);
  socket.on('connect', events.up);
  socket.on('data', (bytes: Buffer) => events.heard(bytes));
  socket.on('error', (error) => {
    reason = error.message;
  });
  socket.on('close', () => events.down(reason));
  return { write: (bytes) => void socket.write(bytes), close: () => void socket.destroy() };
}

/** There is no connection to wait for or to lose: what is not answered is sent again, and that is all. */
export function openUdp({ host, port }: Station, events: LinkEvents): FrameLink {
  const socket = createSocket('udp4');
  socket.on('listening', events.up);
  socket.on('message', (bytes) => events.heard(bytes));
  socket.on('error', (error) => {
    socket.close();
    events.down(error.message);
  });
  socket.bind(0);
  return { write: (bytes) => socket.send(bytes, port, host), close: () => void socket.close() };
}
