import { connect } from 'node:net';

import { type Reply, replyOf } from './reply.ts';

const LONGEST_MS = 5000;

/**
 * Writes these bytes to a port as they are, as no client that keeps the rules would, and reads the answer. Gives status 0
 * where the line was closed without one.
 */
export function writeRaw(
  port: number,
  bytes: string | Buffer,
  { end = false }: { readonly end?: boolean } = {},
): Promise<Reply> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const got: Buffer[] = [];
    const timer = setTimeout(() => socket.destroy(), LONGEST_MS);
    // A reset shows as an error, and then as a close.
    socket.on('error', () => undefined);
    socket.on('data', (part: Buffer) => {
      got.push(part);
      // Whoever is refused half-way need not go on sending.
      if (Buffer.concat(got).includes('\r\n\r\n')) socket.end();
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(parse(Buffer.concat(got)));
    });
    if (end) socket.end(bytes);
    else socket.write(bytes);
  });
}

function parse(bytes: Buffer): Reply {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.subarray(0, Math.max(0, end)).toString('latin1').split('\r\n');
  const headers = new Headers(
    lines.map((line): [string, string] => [
      line.slice(0, line.indexOf(':')),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  return replyOf(Number(first.split(' ')[1] ?? 0), headers, bytes.subarray(end + 4));
}
