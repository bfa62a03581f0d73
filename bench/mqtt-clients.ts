// The devices of `bench/mqtt.ts`, in a process of their own: plain sockets, so that little of the machine goes into them.
import { connect, type Socket } from 'node:net';

interface Load {
  readonly port: number;
  readonly tokens: readonly string[];
  /** Messages each client keeps in flight. */
  readonly inFlight: number;
  readonly values: number;
  readonly seconds: number;
}

const TOPIC = Buffer.from('v1/devices/me/telemetry');
const CONNECT = 0x10;
const PUBLISH_QOS_1 = 0x32;
const CONNACK_BYTES = 4;
const PUBACK_BYTES = 4;
const IDS = 65_535;
const BEHIND_MS = 60_000;

/** A packet of MQTT 3.1.1: type and flags, remaining length, body. */
function packet(head: number, body: Buffer): Buffer {
  const length: number[] = [];
  for (let left = body.length; length.length === 0 || left > 0; left >>= 7)
    length.push((left & 127) | (left > 127 ? 128 : 0));
  return Buffer.concat([Buffer.from([head, ...length]), body]);
}

function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
}

/** One device: signs in, then sends a new message for every answer. */
class Device {
  answered = 0;
  readonly #load: Load;
  readonly #socket: Socket;
  /** No two messages name the same moment, or they would be one observation. */
  #at = Date.now() - BEHIND_MS;
  #id = 0;
  #isUp = false;
  #stray = 0;

  constructor(load: Load, token: string) {
    this.#load = load;
    this.#socket = connect(load.port, '127.0.0.1');
    this.#socket.setNoDelay(true);
    const user = Buffer.concat([
      text('MQTT'),
      Buffer.from([4, 0x82, 0, 60]),
      text(token.slice(0, 12)),
      text(token),
    ]);
    this.#socket.write(packet(CONNECT, user));
    this.#socket.on('data', (bytes: Buffer) => this.#hear(bytes));
    this.#socket.on('error', (error) => fail(error.message));
    this.#socket.on('close', () => fail('the connection was ended'));
  }

  close(): void {
    this.#socket.removeAllListeners('close').destroy();
  }

  #hear(bytes: Buffer): void {
    if (!this.#isUp) {
      if (bytes[3] !== 0) fail(`CONNACK ${bytes[3]}`);
      this.#isUp = true;
      this.#send(this.#load.inFlight);
      bytes = bytes.subarray(CONNACK_BYTES);
    }
    const heard = this.#stray + bytes.length;
    const answers = Math.floor(heard / PUBACK_BYTES);
    this.#stray = heard % PUBACK_BYTES;
    this.answered += answers;
    if (answers > 0) this.#send(answers);
  }

  #send(n: number): void {
    const messages: Buffer[] = [];
    for (let i = 0; i < n; i += 1) messages.push(this.#message());
    this.#socket.write(n === 1 ? (messages[0] ?? '') : Buffer.concat(messages));
  }

  #message(): Buffer {
    this.#id = (this.#id % IDS) + 1;
    this.#at += 1;
    let values = '';
    for (let i = 0; i < this.#load.values; i += 1)
      values += `${i === 0 ? '' : ','}"v${i}":${(this.#id % 40) / 10}`;
    const payload = Buffer.from(`{"ts":${this.#at},"values":{${values}}}`);
    return packet(
      PUBLISH_QOS_1,
      Buffer.concat([text(TOPIC), Buffer.from([this.#id >> 8, this.#id & 255]), payload]),
    );
  }
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

const load = JSON.parse(process.argv[2] ?? '{}') as Load;
const devices = load.tokens.map((token) => new Device(load, token));
const began = performance.now();
setTimeout(() => {
  const seconds = (performance.now() - began) / 1000;
  const answered = devices.reduce((sum, device) => sum + device.answered, 0);
  process.stdout.write(JSON.stringify({ answered, seconds }), () => process.exit(0));
}, load.seconds * 1000);
