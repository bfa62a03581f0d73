import { expect, test } from 'vitest';
import { acknowledge, requestAgain, timesBody } from './answers.ts';
import { hexBytes, hexText } from './bcd.ts';
import { encodeCommand, type StationCommand } from './commands.ts';
import type { Frame } from './frame.ts';
import { Framer } from './framer.ts';
import { inspect } from './inspect.ts';
import { PacketAssembly } from './packet-assembly.ts';

const NOON = Date.UTC(2026, 6, 1, 4);
const FRAME: Frame = {
  direction: 'up',
  centre: 1,
  station: '0010100001',
  password: 'A000',
  code: 0x32,
  packet: undefined,
  body: timesBody(12, NOON),
  end: 'ETX',
};
const TO = { centre: 1, station: '1122334455', password: 'AAAA' };

function readDown(bytes: Uint8Array | undefined): Frame | undefined {
  const [event] = new Framer('centre').push(bytes ?? new Uint8Array(0));
  return event?.kind === 'frame' ? event.frame : undefined;
}

test('确认：同一功能码、站址与密码，流水号照抄；公开的应答报文逐字节相同', () => {
  const at = Date.UTC(2020, 6, 24, 9, 23, 49);
  const acknowledged = acknowledge({ ...FRAME, end: 'ETB' }, 12, at) ?? new Uint8Array(0);
  expect(hexText(acknowledged)).toBe('7E7E001010000101A00032800802000C20072417234906DB17');
});

test.each([
  ['ETX', 'stay', 'ESC'],
  ['ETX', 'leave', 'EOT'],
  ['ETB', 'stay', 'ACK'],
  ['ETB', 'leave', 'ACK'],
] as const)('上行以 %s 结束、确认之后 %s：以 %s 答', (end, after, answer) => {
  expect(readDown(acknowledge({ ...FRAME, end }, 12, NOON, after))?.end).toBe(answer);
});

test('链路维持报没有下行报文', () => {
  expect(acknowledge({ ...FRAME, code: 0x2f }, 12, NOON)).toBeUndefined();
});

test('多包的确认与重发请求带包总数；确认的序列号是包总数', () => {
  const last: Frame = { ...FRAME, code: 0x36, packet: { total: 13, number: 5 } };
  expect(readDown(acknowledge(last, 5, NOON))).toMatchObject({
    packet: { total: 13, number: 13 },
    end: 'ESC',
  });
  expect(readDown(requestAgain(last, 4, 5, NOON))).toMatchObject({
    packet: { total: 13, number: 4 },
    end: 'NAK',
  });
});

test.each<readonly [string, StationCommand, object]>([
  ['查询实时数据', { kind: 'query-now' }, { function: '37' }],
  [
    '查询时段数据',
    {
      kind: 'query-period',
      begin: Date.UTC(2024, 0, 9, 8),
      end: Date.UTC(2024, 0, 9, 9),
      step: { days: 0, hours: 0, minutes: 5 },
      element: { id: 'F4', definition: 0x60 },
    },
    {
      function: '38',
      body: {
        begin: '24010916',
        end: '24010917',
        elements: [
          { id: '04', raw: '000005' },
          { id: 'F4', def_: '60' },
        ],
      },
    },
  ],
  [
    '查询指定要素',
    { kind: 'query-elements', elements: [{ id: 'FF01', definition: 0x19 }] },
    { function: '3A', body: { elements: [{ id: 'FF01', def_: '19' }] } },
  ],
  [
    '设置时钟',
    { kind: 'set-clock' },
    { function: '4A', body: { serial: 0, sent_at: '2026-07-01 12:00:00' } },
  ],
  ['查询时钟', { kind: 'read-clock' }, { function: '51' }],
])('命令 %s：流水号 0、以 ENQ 结束', (_, command, decode) => {
  const [inspection] = inspect(encodeCommand(TO, command, NOON));
  expect(inspection).toMatchObject({ accept: true, decode: { direction: 'down', end: 'ENQ', ...decode } });
});

function packet(number: number, total: number, body: string, end: 'ETB' | 'ETX' = 'ETB'): Frame {
  return { ...FRAME, code: 0x36, packet: { total, number }, body: hexBytes(body) ?? new Uint8Array(0), end };
}

test('说完了还缺两包：一次点一包，补齐了才算一份', () => {
  const assembly = new PacketAssembly();
  expect(assembly.take(packet(1, 4, '000901'), 0)).toEqual({ kind: 'waiting' });
  expect(assembly.take(packet(4, 4, '04', 'ETX'), 1)).toMatchObject({ kind: 'again', missing: 2, serial: 9 });
  expect(assembly.take(packet(2, 4, '02', 'ETX'), 2)).toMatchObject({ kind: 'again', missing: 3 });
  const whole = assembly.take(packet(3, 4, '03', 'ETX'), 3);
  expect(whole.kind === 'whole' ? hexText(whole.frame.body) : whole.kind).toBe('000901020304');
  expect([assembly.pending, assembly.heldBytes]).toEqual([0, 0]);
});

test('最后一包也丢了：等够时间再要，要两次不来就放弃并说出缺哪几包', () => {
  const assembly = new PacketAssembly({ gapMs: 1000 });
  assembly.take(packet(2, 3, '02'), 0);
  expect(assembly.overdue(999)).toEqual([]);
  expect(assembly.overdue(1000)).toMatchObject([{ kind: 'again', missing: 1, serial: 0 }]);
  expect(assembly.overdue(1500)).toEqual([]);
  expect(assembly.overdue(2000)).toMatchObject([{ kind: 'again', missing: 1 }]);
  expect(assembly.overdue(3000)).toMatchObject([{ kind: 'given-up', missing: [1, 3] }]);
  expect([assembly.pending, assembly.heldBytes]).toEqual([0, 0]);
});

test('同一站同一功能码换了包总数：是另一份报文，从头收', () => {
  const assembly = new PacketAssembly();
  assembly.take(packet(1, 4, '0009'), 0);
  expect(assembly.take(packet(1, 1, '000A', 'ETX'), 1)).toMatchObject({ kind: 'whole' });
});

test('序列号不成立、占的内存到了上限', () => {
  const assembly = new PacketAssembly({ bytes: 200 });
  expect(assembly.take(packet(0, 4, '00'), 0)).toMatchObject({
    kind: 'refused',
    reason: 'bad-packet-number',
  });
  expect(assembly.take(packet(5, 4, '00'), 0)).toMatchObject({ kind: 'refused' });
  expect(assembly.take(packet(1, 4, '00'.repeat(100)), 0)).toEqual({ kind: 'waiting' });
  expect(assembly.take(packet(2, 4, '00'.repeat(100)), 0)).toMatchObject({
    kind: 'given-up',
    missing: [3, 4],
  });
  expect(assembly.heldBytes).toBe(0);
});
