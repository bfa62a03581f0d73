import { dataAnswer, Framer, parseSegment, type Segment } from '#protocols/hj212';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';

import { Hj212Device } from './hj212-device.ts';

const MN = 'PUANTEST0000000000000001';
let server: Server | undefined;
let device: Hj212Device | undefined;
afterEach(() => {
  device?.close();
  server?.close();
});

/** A station that does with each frame what it is told; keeps what it heard. */
async function station(
  hears: (segment: Segment, n: number, socket: Socket) => void,
): Promise<{ port: number; heard: Segment[] }> {
  const heard: Segment[] = [];
  const opened = createServer((socket) => {
    const framer = new Framer();
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      for (const event of framer.push(chunk)) {
        const outcome = event.kind === 'frame' ? parseSegment(event.segment) : undefined;
        if (outcome?.kind !== 'segment') continue;
        heard.push(outcome.segment);
        hears(outcome.segment, heard.length, socket);
      }
    });
  });
  server = opened;
  opened.listen(0, '127.0.0.1');
  await once(opened, 'listening');
  const address = opened.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, heard };
}

function logger(port: number, more: { window?: number } = {}): Hj212Device {
  device = new Hj212Device({
    host: '127.0.0.1',
    port,
    mn: MN,
    pw: '123456',
    st: '22',
    answerWithinMs: 60,
    resends: 3,
    ...more,
  });
  return device;
}

const GROUP = [
  ['a01001-Rtd', '21.5'],
  ['a01001-Flag', 'N'],
] as const;
const AT = Date.parse('2013-09-13T16:00:00+08:00');

test('an answered frame is sent once, asks for its answer and carries the recording’s time', async () => {
  const { port, heard } = await station((segment, _, socket) => socket.write(dataAnswer(segment)));
  const sender = logger(port);
  await sender.upload(AT, [GROUP]);
  await sender.drain();
  expect(sender.counts).toEqual({ sent: 1, answered: 1, refused: 0, resent: 0 });
  expect(heard[0]).toMatchObject({ mn: MN, cn: '2011', flag: { value: 5 } });
  expect(heard[0]?.groups[0]).toEqual([['DataTime', '20130913160000']]);
});

test('a frame whose answer is lost is sent again under the same QN', async () => {
  const { port, heard } = await station((segment, n, socket) => {
    if (n > 1) socket.write(dataAnswer(segment));
  });
  const sender = logger(port);
  await sender.upload(AT, [GROUP]);
  await sender.drain();
  expect(sender.counts).toEqual({ sent: 1, answered: 1, refused: 0, resent: 1 });
  expect(heard[1]?.qn).toBe(heard[0]?.qn);
});

test('a frame that is never answered is given up after three more attempts, and the next one goes out', async () => {
  const { port, heard } = await station((segment, n, socket) => {
    if (n > 4) socket.write(dataAnswer(segment));
  });
  const sender = logger(port);
  await sender.upload(AT, [GROUP]);
  await sender.upload(AT + 60_000, [GROUP]);
  await sender.drain();
  expect(sender.counts).toEqual({ sent: 2, answered: 1, refused: 1, resent: 3 });
  expect(heard.length).toBe(5);
});

test('a broken line loses nothing: what was not answered goes out again over the next one', async () => {
  const { port } = await station((segment, n, socket) => {
    if (n === 3) socket.destroy();
    else socket.write(dataAnswer(segment));
  });
  const sender = logger(port, { window: 8 });
  for (let i = 0; i < 20; i += 1) await sender.upload(AT + i * 60_000, [GROUP]);
  await sender.drain();
  expect(sender.counts).toMatchObject({ sent: 20, answered: 20, refused: 0 });
});

test('two frames of one millisecond have different QN', async () => {
  const { port, heard } = await station((segment, _, socket) => socket.write(dataAnswer(segment)));
  const sender = logger(port, { window: 8 });
  await Promise.all([sender.upload(AT, [GROUP]), sender.upload(AT, [GROUP]), sender.upload(AT, [GROUP])]);
  await sender.drain();
  expect(new Set(heard.map(({ qn }) => qn)).size).toBe(3);
});
