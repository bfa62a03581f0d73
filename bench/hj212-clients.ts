// Collectors in a process of their own: each sends its next frame when one of those under way has been answered.
import { connect, type Socket } from 'node:net';

import { encodeUpload, type Item } from '#protocols/hj212';

interface Load {
  readonly port: number;
  readonly connections: number;
  /** Behind each connection. */
  readonly loggers: number;
  readonly factors: number;
  readonly window: number;
  readonly seconds: number;
}

const load = JSON.parse(process.argv[2] ?? '{}') as Load;
const ANSWER = 'CN=9014';

let answered = 0;
let stopping = false;

/** A collector: one connection that speaks for many loggers in turn. Their readings stay low and move a little: no limit is reached. */
class Collector {
  readonly #first: number;
  readonly #socket: Socket;
  readonly #newest: Float64Array;
  #step = 0;
  #sentAt = 0;
  #rest = '';

  constructor(n: number, socket: Socket) {
    this.#first = n * load.loggers;
    this.#newest = new Float64Array(load.loggers);
    this.#socket = socket;
    socket.setEncoding('latin1').on('data', (text) => this.#hear(String(text)));
  }

  send(): void {
    const logger = this.#step % load.loggers;
    this.#step += 1;
    // HJ 212 tells the second: no logger says two things of one. QN names the frame by the millisecond.
    const observedAt = Math.max(Date.now(), (this.#newest[logger] ?? 0) + 1000);
    this.#newest[logger] = observedAt;
    this.#sentAt = Math.max(Date.now(), this.#sentAt + 1);
    const groups = Array.from({ length: load.factors }, (_, f): readonly Item[] => [
      [`w0100${f}-Rtd`, (1 + ((this.#step + f) % 30) / 10).toFixed(1)],
      [`w0100${f}-Flag`, 'N'],
    ]);
    const mn = `BENCH${this.#first + logger}`;
    this.#socket.write(
      encodeUpload({ mn, st: '32', cn: '2011', pw: '123456', observedAt, sentAt: this.#sentAt, groups }),
    );
  }

  #hear(text: string): void {
    const heard = this.#rest + text;
    let at = 0;
    for (let found = heard.indexOf(ANSWER); found >= 0; found = heard.indexOf(ANSWER, at)) {
      at = found + ANSWER.length;
      answered += 1;
      if (!stopping) this.send();
    }
    this.#rest = heard.slice(Math.max(at, heard.length - ANSWER.length + 1));
  }
}

const sockets = await Promise.all(
  Array.from(
    { length: load.connections },
    () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(load.port, '127.0.0.1', () => resolve(socket.setNoDelay(true)));
        socket.once('error', reject);
      }),
  ),
);
const collectors = sockets.map((socket, n) => new Collector(n, socket));
const began = performance.now();
for (const collector of collectors) for (let n = 0; n < load.window; n += 1) collector.send();
await new Promise((resolve) => setTimeout(resolve, load.seconds * 1000));
const seconds = (performance.now() - began) / 1000;
const counted = answered;
stopping = true;
process.stdout.write(JSON.stringify({ answered: counted, seconds }), () => process.exit(0));
