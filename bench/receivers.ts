import { Agent, request } from 'node:http';
import { connect } from 'node:net';

import { type Batch, type Receiver, textBatch, valueOf } from './batches.ts';

/** Where readings go, and how they are spoken of there. */
export type Target =
  | { readonly kind: 'puan'; readonly port: number; readonly token: string }
  | { readonly kind: 'zabbix'; readonly port: number }
  | { readonly kind: 'prometheus'; readonly port: number };

export function receiverOf(target: Target, connections: number): Receiver {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  if (target.kind === 'puan') return puan(target, agent);
  return target.kind === 'zabbix' ? zabbix(target.port) : prometheus(target.port, agent);
}

/** `POST /api/v1/readings`, answered after the commit. */
function puan({ port, token }: { readonly port: number; readonly token: string }, agent: Agent): Receiver {
  const form = {
    head: '[',
    tail: ']',
    row: (point: number, moment: string, value: string) =>
      `{"point":"bench.${point}","observedAt":${moment},"value":${value}}`,
    moment: String,
  };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return {
    batch: (from, count) => textBatch(form, from, count),
    send: async (_, bytes) => {
      const { status, body } = await post({ port, path: '/api/v1/readings', headers, agent }, bytes);
      const { accepted } = JSON.parse(body) as { accepted?: number };
      if (status !== 200 || accepted === undefined)
        throw new Error(`answered ${status}: ${body.slice(0, 200)}`);
      return accepted;
    },
  };
}

/** Items of a Zabbix host. */
export const ITEMS_PER_HOST = 100;
const HEADER_BYTES = 13;

/** What `zabbix_sender` speaks: one connection a packet, `ZBXD\1`, eight bytes of length, JSON. */
function zabbix(port: number): Receiver {
  const form = {
    head: '{"request":"sender data","data":[',
    tail: ']}',
    row: (point: number, moment: string, value: string) =>
      `{"host":"bench${Math.floor(point / ITEMS_PER_HOST)}","key":"v${point % ITEMS_PER_HOST}","value":"${value}",${moment}}`,
    moment: (now: number) =>
      `"clock":${Math.floor(now / 1000)},"ns":${String((now % 1000) * 1_000_000).padStart(9, ' ')}`,
  };
  return {
    batch: (from, count) => textBatch(form, from, count),
    send: async ({ count }, bytes) => {
      const header = Buffer.alloc(HEADER_BYTES);
      header.write('ZBXD\u0001', 'latin1');
      header.writeUInt32LE(bytes.length, 5);
      const answer = await exchange(port, [header, bytes]);
      const processed = Number(/processed: (\d+)/u.exec(answer)?.[1] ?? 0);
      if (processed !== count) throw new Error(`answered ${answer.slice(HEADER_BYTES, 200)}`);
      return processed;
    },
  };
}

function exchange(port: number, parts: readonly Buffer[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    socket.setEncoding('latin1').on('data', (text) => (heard += String(text)));
    socket.on('error', reject).on('close', () => resolve(heard));
  });
}

/** Remote write 1.0: a `WriteRequest` of protobuf in a snappy block, answered when it is in the log (not synced). */
function prometheus(port: number, agent: Agent): Receiver {
  const headers = {
    'content-type': 'application/x-protobuf',
    'content-encoding': 'snappy',
    'x-prometheus-remote-write-version': '0.1.0',
  };
  return {
    batch: writeRequest,
    send: async ({ count }, bytes) => {
      const { status, body } = await post({ port, path: '/api/v1/write', headers, agent }, bytes);
      if (status !== 204) throw new Error(`answered ${status}: ${body.slice(0, 200)}`);
      return count;
    },
  };
}

const MOMENT_BYTES = 6;

function writeRequest(from: number, count: number): Batch {
  const series = Array.from({ length: count }, (_, i) => {
    const labels = [label('__name__', 'reading'), label('point', `bench.${from + i}`)];
    const sample = Buffer.concat([
      Buffer.from([0x09]),
      Buffer.alloc(8),
      Buffer.from([0x10]),
      varint(Date.now()),
    ]);
    return field(0x0a, Buffer.concat([...labels, field(0x12, sample)]));
  });
  const raw = Buffer.concat(series);
  // One literal: a block of snappy need not be squeezed.
  const head = Buffer.concat([varint(raw.length), Buffer.from([0xf8, 0, 0, 0])]);
  head.writeUIntLE(raw.length - 1, head.length - 3, 3);
  const bytes = Buffer.concat([head, raw]);
  const ends = new Int32Array(count);
  let end = head.length;
  for (const [i, one] of series.entries()) {
    end += one.length;
    ends[i] = end;
  }
  const at = (now: number, round: number): Buffer => {
    const moment = varint(now);
    for (let i = 0; i < count; i += 1) {
      const stamp = (ends[i] ?? 0) - MOMENT_BYTES;
      bytes.writeDoubleLE(valueOf(from + i, round), stamp - 9);
      bytes.set(moment, stamp);
    }
    return bytes;
  };
  return { count, at };
}

function label(name: string, value: string): Buffer {
  return field(0x0a, Buffer.concat([field(0x0a, Buffer.from(name)), field(0x12, Buffer.from(value))]));
}

/** A length-delimited field. */
function field(tag: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), varint(body.length), body]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return Buffer.from([...bytes, left]);
}

interface Door {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
}

function post(
  { port, path, headers, agent }: Door,
  bytes: Buffer,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, path, agent, method: 'POST', headers: { ...headers, 'content-length': bytes.length } },
      (reply) => {
        let body = '';
        reply.setEncoding('utf8').on('data', (text: string) => (body += text));
        reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body }));
      },
    );
    sent.on('error', reject);
    sent.end(bytes);
  });
}
