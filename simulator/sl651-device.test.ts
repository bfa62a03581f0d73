import { startSl651Gateway } from '#gateways/sl651';
import type { DeviceNote, KnownDevice, ReadingBatch } from '#model/monitoring';
import { photoTypeOf } from '#model/platform';
import { acknowledge, encodeFrame, type Frame, Framer, parseBody, requestAgain } from '#protocols/sl651';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';

import { Sl651Device, type Sl651DeviceOptions } from './sl651-device.ts';

const STATION = '0012345678';
const NOON = Date.UTC(2026, 6, 1, 4);

const cleanup: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of cleanup.splice(0).toReversed()) await close();
});

function stationAt(port: number, more: Partial<Sl651DeviceOptions> = {}): Sl651Device {
  const given = { host: '127.0.0.1', port, station: STATION, keepingMs: 0, ...more };
  const device = new Sl651Device(given);
  cleanup.push(() => device.close());
  return device;
}

/** The real gateway in front of a store that keeps what it is given; `point=value@minutes from noon`. */
async function centre(): Promise<{
  port: number;
  stored: string[];
  notes: DeviceNote[];
  gateway: Awaited<ReturnType<typeof startSl651Gateway>>;
}> {
  const stored: string[] = [];
  const notes: DeviceNote[] = [];
  const factors = new Map(['39', '20'].map((id, point) => [id, { point, scale: 1, offset: 0 }]));
  const known: KnownDevice = { id: 1, code: STATION, settings: {}, factors, session: 0 };
  const gateway = await startSl651Gateway({
    host: '127.0.0.1',
    port: 0,
    sink: {
      accept: async (batch: ReadingBatch) => {
        for (let at = 0; at < batch.length; at += 1) {
          const minute = ((batch.observedAt[at] ?? 0) - NOON) / 60_000;
          stored.push(`${batch.point[at]}=${batch.value[at]}@${minute}`);
        }
      },
    },
    notes: {
      keep: async (kept) => {
        notes.push(...kept);
      },
    },
    directory: {
      find: (_, code) => (code === STATION ? known : undefined),
      all: () => [known],
      quarantine: () => undefined,
    },
    counters: {
      framesAccepted: () => undefined,
      framesRefused: () => undefined,
      factorsUnmapped: () => undefined,
      leniencyUsed: () => undefined,
    },
    log: () => undefined,
    answerWithinMs: 3000,
  });
  cleanup.push(() => gateway.close());
  return { port: gateway.port, stored, notes, gateway };
}

/** A centre that does with each frame what it is told; keeps what it heard. */
async function scripted(
  hears: (frame: Frame, n: number, socket: Socket) => void,
): Promise<{ port: number; heard: Frame[] }> {
  const heard: Frame[] = [];
  const server = createServer((socket) => {
    const framer = new Framer('station');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      for (const event of framer.push(chunk)) {
        if (event.kind !== 'frame') continue;
        heard.push(event.frame);
        hears(event.frame, heard.length, socket);
      }
    });
    cleanup.push(() => void socket.destroy());
  });
  cleanup.push(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, heard };
}

const serialOf = ({ body }: Frame): number => ((body[0] ?? 0) << 8) | (body[1] ?? 0);
const confirm = (frame: Frame, socket: Socket): void => {
  socket.write(acknowledge(frame, serialOf(frame), NOON) ?? new Uint8Array(0));
};

const LEVEL = [
  { id: '39', value: 3.125 },
  { id: '20', value: 0.5 },
];

test('a report is confirmed by the gateway once it is stored', async () => {
  const { port, stored } = await centre();
  const device = stationAt(port);
  await device.report(NOON, LEVEL);
  expect(stored).toEqual(['0=3.125@0', '1=0.5@0']);
  expect(device.counts).toEqual({ sent: 1, answered: 1, refused: 0, resent: 0 });
});

test('the gateway asks for what is measured now, sets the clock and fills the hours that are missing', async () => {
  const { port, stored, gateway } = await centre();
  const device = stationAt(port, { packetBytes: 40 });
  device.clockAhead = -90_000;
  await device.report(NOON - 3_600_000, [{ id: '39', value: 3 }]);
  await device.report(NOON, LEVEL);
  stored.length = 0;
  expect(await gateway.command(STATION, { kind: 'query-now' })).toMatchObject({ kind: 'done' });
  expect(stored).toEqual(['0=3.125@0', '1=0.5@0']);
  expect(await gateway.command(STATION, { kind: 'set-clock' })).toMatchObject({ kind: 'done' });
  expect(Math.abs(device.clockAhead)).toBeLessThan(2000);
  stored.length = 0;
  const hours = { from: NOON - 3_600_000, to: NOON, period: 'hour' } as const;
  const outcome = await gateway.command(STATION, { kind: 'back-fill', ...hours });
  expect(outcome).toEqual({ kind: 'done', text: '补招了 39、20 共 3 个值。' });
  await vi.waitFor(() => expect(stored).toEqual(['0=3@-60', '0=3.125@0', '1=0.5@0']), { timeout: 10_000 });
});

test('asked for a picture and for what was typed, the station sends both; they are kept like those that come by themselves', async () => {
  const { port, notes, gateway } = await centre();
  const device = stationAt(port);
  await device.report(NOON, LEVEL);
  expect(await gateway.command(STATION, { kind: 'query-picture' })).toMatchObject({
    kind: 'done',
    text: expect.stringContaining('发来图片') as string,
  });
  await device.text('Z 3.125');
  expect(await gateway.command(STATION, { kind: 'query-text' })).toMatchObject({ kind: 'done' });
  const kept = notes.map((note) => (note.kind === 'text' ? note.text : photoTypeOf(note.picture)));
  expect(kept).toEqual(['image/jpeg', 'Z 3.125', 'Z 3.125']);
});

test('a report that is not confirmed is sent twice more under its old serial, then given up', async () => {
  const { port, heard } = await scripted(() => undefined);
  const device = stationAt(port, { answerWithinMs: 30 });
  await device.report(NOON, LEVEL);
  expect(heard.map(serialOf)).toEqual([1, 1, 1]);
  expect(device.counts).toEqual({ sent: 1, answered: 0, refused: 1, resent: 2 });
});

test('a line that is lost is called again, and what was not confirmed is sent again', async () => {
  const { port, heard } = await scripted((frame, n, socket) => {
    if (n === 1) socket.destroy();
    else confirm(frame, socket);
  });
  const device = stationAt(port);
  await device.report(NOON, LEVEL);
  expect(heard.map(serialOf)).toEqual([1, 1]);
  expect(device.counts).toMatchObject({ sent: 1, answered: 1 });
});

test('a centre that is not there is named after a while', async () => {
  const { port } = await scripted(() => undefined);
  await cleanup.shift()?.();
  await expect(stationAt(port, { patienceMs: 100 }).report(NOON, LEVEL)).rejects.toThrow(/连不上/);
});

test('a picture goes in packets; the one that was lost is asked for and sent once more', async () => {
  const image = Uint8Array.from({ length: 700 }, (_, at) => at % 256);
  const parts = new Map<number, Uint8Array>();
  const { port, heard } = await scripted((frame, _, socket) => {
    const { packet } = frame;
    if (packet === undefined) return;
    parts.set(packet.number, frame.body);
    if (frame.end !== 'ETX') return;
    const missing = [1, 2, 3].find((number) => !parts.has(number));
    socket.write(
      missing === undefined
        ? (acknowledge(frame, 1, NOON) ?? new Uint8Array(0))
        : requestAgain(frame, missing, 1, NOON),
    );
  });
  const device = stationAt(port, { packetBytes: 256, loses: new Set([2]) });
  await device.picture(NOON, image);
  expect(heard.map(({ packet, end }) => `${packet?.number} ${end}`)).toEqual(['1 ETB', '3 ETX', '2 ETX']);
  const [first, second, third] = [1, 2, 3].map((number) => parts.get(number) ?? new Uint8Array(0));
  const body = Uint8Array.of(...(first ?? []), ...(second ?? []), ...(third ?? []));
  const outcome = parseBody({ direction: 'up', code: 0x36, end: 'ETX', body });
  expect(outcome).toMatchObject({
    body: { items: expect.arrayContaining([{ kind: 'picture', raw: image }]) },
  });
  expect(device.counts).toEqual({ sent: 1, answered: 1, refused: 0, resent: 0 });
});

test('the link is kept with the last serial; a station that may leave hangs up', async () => {
  let connections = 0;
  const { port, heard } = await scripted((frame, _, socket) => {
    if (frame.code === 0x2f) return;
    socket.once('close', () => (connections -= 1));
    connections += 1;
    socket.write(acknowledge(frame, serialOf(frame), NOON, 'leave') ?? new Uint8Array(0));
  });
  const device = stationAt(port, { keepingMs: 5000 });
  await device.report(NOON, LEVEL);
  await vi.waitFor(() => expect(connections).toBe(0), { timeout: 10_000 });
  await device.report(NOON + 60_000, LEVEL);
  const kept = heard.filter(({ code }) => code === 0x2f).map(serialOf);
  expect(kept).toEqual([1, 2]);
  expect(encodeFrame(heard[0] ?? failed()).length).toBeGreaterThan(20);
});

function failed(): never {
  throw new Error('nothing was heard');
}
