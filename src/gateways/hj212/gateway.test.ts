import { once } from 'node:events';
import { connect } from 'node:net';

import { expect, test, vi } from 'vitest';

import { parseSegment, encodeFrame, type Item } from '#protocols/hj212';
import { QUALITY } from '#model/monitoring';
import {
  MN,
  open,
  Device,
  PATIENCE,
  TIME,
  AT,
  PM,
  packet,
  gate,
  quiet,
  cleanup,
  FACTORS,
} from './testing.ts';

test('提交之后才应答 9014，提交之前一声不出', async () => {
  const { world, device } = await open();
  const { held, release } = gate();
  world.sink.hold = held;
  device.socket.write(packet({ qn: '1' }));
  await vi.waitFor(() => expect(world.sink.asked).toBe(1), { timeout: 10_000 });
  await quiet();
  expect(device.heard).toBe('');
  expect(world.accepted).toBe(0);
  release();
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1']);
  expect(world.sink.stored).toEqual([{ point: 1, observedAt: AT, value: 35, quality: QUALITY.good }]);
  expect(world.accepted).toBe(1);
});

test('Flag 的 A 位为 0 时只存不答', async () => {
  const { world, device } = await open();
  device.socket.write(packet({ qn: '1', flag: '4' }));
  device.socket.write(packet({ qn: '2' }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:2']);
  expect(world.sink.stored).toHaveLength(2);
});

test('一次读到几帧合成一批，按来帧次序应答；切碎的帧也一样', async () => {
  const { world, device } = await open();
  device.socket.write(Buffer.concat(['1', '2', '3'].map((qn) => packet({ qn }))));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1', '9014:2', '9014:3']);
  expect(world.sink.asked).toBe(1);
  const split = packet({ qn: '4' });
  device.socket.write(split.subarray(0, 31));
  await quiet();
  device.socket.write(split.subarray(31));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1', '9014:2', '9014:3', '9014:4']);
});

test('应答能被自己的解析器读回来，且校验正确', async () => {
  const { device } = await open();
  device.socket.write(packet({ qn: '20240101080000123' }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:20240101080000123']);
  const outcome = parseSegment(Buffer.from(device.heard.slice(6, -6)));
  expect(outcome).toMatchObject({ kind: 'segment', segment: { cn: '9014', mn: MN, flag: { value: 4 } } });
});

test('没登记的 MN 进隔离区，不存不答', async () => {
  const { world, device } = await open();
  device.socket.write(packet({ qn: '1', mn: 'STRANGER' }));
  device.socket.write(packet({ qn: '2' }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:2']);
  expect(world.quarantined).toMatchObject([{ protocol: 'hj212', code: 'STRANGER', address: '127.0.0.1' }]);
  expect(world.quarantined[0]?.sample).toContain('MN=STRANGER');
  expect(world.refused).toEqual(['unknown-device:?']);
  expect(world.sink.stored).toHaveLength(1);
});

test('存储失败不应答，连接还在；设备重发即存下并应答', async () => {
  const { world, device } = await open();
  world.sink.failures = 1;
  device.socket.write(packet({ qn: '1' }));
  await vi.waitFor(() => expect(world.refused).toEqual([`store-failed:${MN}`]), { timeout: 10_000 });
  expect(device.heard).toBe('');
  expect(world.sink.stored).toEqual([]);
  device.socket.write(packet({ qn: '1' }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1']);
  expect(world.sink.stored).toHaveLength(1);
  expect(world.logged).toContain('hj212.store-failed');
});

test('密码不对不存不答，设备没设密码则不查', async () => {
  const { world, device } = await open({}, { password: '654321' });
  device.socket.write(packet({ qn: '1' }));
  device.socket.write(packet({ qn: '2', pw: '654321' }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:2']);
  expect(world.refused).toEqual([`bad-password:${MN}`]);
  expect(world.sink.stored).toHaveLength(1);
});

test('数据标记：D 存为可疑，没有标记只作备注，T 照常', async () => {
  const { world, device } = await open();
  const marked = (mark: string | undefined): readonly Item[] =>
    mark === undefined
      ? [['a34004-Rtd', '1']]
      : [
          ['a34004-Rtd', '1'],
          ['a34004-Flag', mark],
        ];
  for (const [qn, mark] of [
    ['1', 'D'],
    ['2', undefined],
    ['3', 'T'],
  ] as const) {
    device.socket.write(packet({ qn, area: [[TIME], marked(mark)] }));
  }
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1', '9014:2', '9014:3']);
  expect(world.sink.stored.map(({ quality }) => quality)).toEqual([QUALITY.device, QUALITY.unflagged, 0]);
});

test('指定后缀、换算与没绑定的因子', async () => {
  const { world, device } = await open();
  const area: readonly (readonly Item[])[] = [
    [TIME],
    [
      ['w00000-Cou', '63'],
      ['w00000-Min', '1'],
      ['w00000-Avg', '17.5'],
    ],
    [['A01001-Avg', '20']],
    [
      ['zz-Avg', '5'],
      ['zz-Min', '5'],
    ],
  ];
  device.socket.write(packet({ qn: '1', cn: '2051', area }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1']);
  expect(world.sink.stored.map(({ point, value }) => [point, value])).toEqual([
    [3, 63],
    [2, 20.5],
  ]);
  expect(world.unmapped).toEqual(['w00000', 'zz']);
});

test('时刻不可用的包不存不答', async () => {
  const { world, device } = await open();
  device.socket.write(packet({ qn: '1', area: [[['DataTime', '20240230080000']], PM] }));
  await vi.waitFor(() => expect(world.refused).toEqual([`bad-time:${MN}`]), { timeout: 10_000 });
  expect(device.heard).toBe('');
  expect(world.sink.asked).toBe(0);
});

test('校时请求与心跳答 9013，2005 年的报警命令计为不支持', async () => {
  const { world, device } = await open();
  for (const [qn, cn] of [
    ['1', '1013'],
    ['2', '9015'],
    ['3', '2071'],
    ['4', '2081'],
  ] as const) {
    device.socket.write(packet({ qn, cn, area: [] }));
  }
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9013:1', '9013:2', '9014:4']);
  expect(world.refused).toEqual([`unsupported-command:${MN}`]);
  expect(world.sink.asked).toBe(0);
});

test('Modbus 校验的设备：没有明示就拒收并记在它名下，明示了就收、计一次宽限、用它的算法应答', async () => {
  const strict = await open();
  strict.device.socket.write(packet({ qn: '1' }, { crc: 'modbus' }));
  await vi.waitFor(() => expect(strict.world.refused).toEqual([`crc-modbus:${MN}`]), { timeout: 10_000 });
  const lenient = await open({}, { crc: 'modbus' });
  lenient.device.socket.write(packet({ qn: '1' }, { crc: 'modbus' }));
  await expect.poll(() => lenient.device.answers, PATIENCE).toEqual(['9014:1']);
  expect(lenient.world.lenient).toEqual([`crc-modbus:${MN}`]);
  const fields: Item[] = [
    ['QN', '1'],
    ['ST', '91'],
    ['CN', '9014'],
    ['PW', '123456'],
    ['MN', MN],
    ['Flag', '4'],
  ];
  const expected = encodeFrame(
    { fields, groups: [], trailingSemicolon: false, coding: 'utf-8' },
    { crc: 'modbus' },
  );
  expect(lenient.device.heard).toBe(Buffer.from(expected).toString('latin1'));
});

test('没有“##”的洪水到限即断，别的设备照常', async () => {
  const { world, gateway, device } = await open({ noiseBytes: 256 * 1024 });
  const hostile = await Device.dial(gateway.port);
  const junk = Buffer.alloc(64 * 1024, 0x55);
  for (let turn = 0; turn < 160 && !hostile.closed; turn += 1) hostile.socket.write(junk);
  await vi.waitFor(() => expect(hostile.closed).toBe(true), { timeout: 10_000 });
  expect(world.logged).toContain('hj212.connection-cut noise');
  expect(world.refused[0]).toBe('no-header:?');
  device.socket.write(packet({ qn: '1' }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1']);
});

test('超长声明与垃圾之后，同一连接的好帧照收', async () => {
  const { world, device } = await open();
  device.socket.write('GET / HTTP/1.1\r\n\r\n##9999QN=1;ST=39\r\n##12345678\r\n');
  device.socket.write(packet({ qn: '5' }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:5']);
  expect(world.refused.length).toBeGreaterThan(1);
});

test('一个字节一个字节拖着不成帧的对端按闲置断开', async () => {
  const { world, device } = await open({ idleMs: 120 });
  const drip = setInterval(() => device.socket.write('#'), 20);
  cleanup.push(() => clearInterval(drip));
  await vi.waitFor(() => expect(device.closed).toBe(true), { timeout: 10_000 });
  expect(world.logged).toContain('hj212.connection-cut idle');
});

test('同一地址的连接超限不放进来，断开一个就能再进', async () => {
  const { world, gateway, device } = await open({ connectionsPerAddress: 1 });
  const second = connect({ port: gateway.port, host: '127.0.0.1' }).on('error', () => undefined);
  await once(second, 'close').catch(() => undefined);
  expect(world.logged).toContain('hj212.connection-refused');
  device.socket.destroy();
  await vi.waitFor(
    async () => {
      const third = await Device.dial(gateway.port);
      third.socket.write(packet({ qn: '1' }));
      await expect.poll(() => third.answers, PATIENCE).toEqual(['9014:1']);
    },
    { timeout: 10_000 },
  );
});

test('未应答的批到限就停读，提交后继续，一帧不丢', async () => {
  const { world, device } = await open({ unansweredBatches: 2 });
  const { held, release } = gate();
  world.sink.hold = held;
  const qns = Array.from({ length: 20 }, (_, at) => String(at + 1));
  for (const qn of qns) {
    device.socket.write(packet({ qn }));
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  await quiet();
  expect(world.sink.asked).toBe(2);
  release();
  await expect.poll(() => device.answers, PATIENCE).toEqual(qns.map((qn) => `9014:${qn}`));
});

test('设备发完即半关，应答仍送到', async () => {
  const { device } = await open();
  device.socket.end(packet({ qn: '1' }));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1']);
});

test('关闭时等在途的提交答完再断开，不再接入', async () => {
  const { world, gateway, device } = await open();
  const { held, release } = gate();
  world.sink.hold = held;
  device.socket.write(packet({ qn: '1' }));
  await vi.waitFor(() => expect(world.sink.asked).toBe(1), { timeout: 10_000 });
  const closed = gateway.close();
  release();
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1']);
  device.socket.end();
  await closed;
  await expect(Device.dial(gateway.port)).rejects.toThrow(/ECONNREFUSED/);
});

test('提交迟迟不来时，关闭也有时限', async () => {
  const { world, gateway, device } = await open({ closeMs: 50 });
  const { held, release } = gate();
  world.sink.hold = held;
  cleanup.push(release);
  device.socket.write(packet({ qn: '1' }));
  await vi.waitFor(() => expect(world.sink.asked).toBe(1), { timeout: 10_000 });
  await gateway.close();
  expect(device.heard).toBe('');
});

test('回放设备与实时设备同在一条连接上，各归各的会话', async () => {
  const { world, device } = await open();
  world.devices.set('REPLAY', { id: 2, code: 'REPLAY', settings: {}, factors: FACTORS, session: 7 });
  device.socket.write(Buffer.concat([packet({ qn: '1', mn: 'REPLAY' }), packet({ qn: '2' })]));
  await expect.poll(() => device.answers, PATIENCE).toEqual(['9014:1', '9014:2']);
  expect(new Set(world.sink.sessions)).toEqual(new Set([0, 7]));
});
