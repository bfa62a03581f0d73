import { expect, onTestFinished, test, vi } from 'vitest';
import { encodeFrame, hexBytes, inspect, stationTime, timesBody } from '#protocols/sl651';
import { gate, PATIENCE } from '../testing.ts';
import {
  known,
  NOON,
  open,
  RAIN_AND_LEVEL,
  report,
  STATION,
  StationEnd,
  storedIn,
  timed,
  WATCHED,
} from './testing.ts';

test('提交之后才确认：保持在线（ESC），流水号照抄；提交之前一声不出', async () => {
  const { world, station } = await open();
  const { held, release } = gate();
  world.sink.hold = held;
  station.say(timed(12));
  await vi.waitFor(() => expect(world.sink.asked).toBe(1), PATIENCE);
  expect([station.heard, world.accepted]).toEqual([[], 0]);
  release();
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 12']);
  expect(storedIn(world)).toEqual(['1=13@0', '2=10.99@0']);
  expect(world.accepted).toBe(1);
  expect(station.heard[0]).toMatchObject({
    station: STATION,
    centre: 1,
    password: '1234',
    direction: 'down',
  });
});

test('后面还有报文的以 ACK 确认；省电的站按档案以 EOT 让它退出', async () => {
  const { station } = await open({}, { afterAnswer: 'leave' });
  station.say(timed(1, { end: 'ETB' }), timed(2));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ACK 1', '32 EOT 2']);
});

test('存储失败不确认，连接还在；站重发即存下并确认', async () => {
  const { world, station } = await open();
  world.sink.failures = 1;
  station.say(timed(1));
  await vi.waitFor(() => expect(world.refused).toEqual([`store-failed:${STATION}`]), PATIENCE);
  station.say(timed(1));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1']);
  expect(storedIn(world)).toHaveLength(2);
});

test('一帧切成几段、几帧并成一段，都照收，按来的次序确认', async () => {
  const { gateway, station } = await open();
  const frame = timed(1);
  station.say(frame.subarray(0, 20));
  await vi.waitFor(() => expect(gateway.sessions()).toHaveLength(1), PATIENCE);
  station.say(frame.subarray(20), timed(2), timed(3));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1', '32 ESC 2', '32 ESC 3']);
});

test('链路维持报不答，站仍在线、可以对它说话', async () => {
  const { gateway, world, station } = await open({ answerWithinMs: 50 });
  station.say(report(1, '', { code: 0x2f }));
  await vi.waitFor(() => expect(world.accepted).toBe(1), PATIENCE);
  expect(gateway.sessions()).toMatchObject([{ devices: [STATION], frames: 1 }]);
  expect(await gateway.command(STATION, { kind: 'query-now' })).toEqual({ kind: 'timeout' });
  expect(station.answers).toEqual(['37 ENQ 0']);
});

test('没登记的站进隔离区，不存不答；登记时写大写站址也认得', async () => {
  const { world, station } = await open();
  world.devices.set('40590235C2', known('40590235C2'));
  station.say(timed(1, { station: '9999999999' }), timed(2, { station: '40590235c2' }));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 2']);
  expect(world.quarantined).toMatchObject([{ protocol: 'sl651', code: '9999999999', address: '127.0.0.1' }]);
  expect(world.quarantined[0]?.sample).toMatch(/^7E7E01999999/);
  expect(world.refused).toEqual(['unknown-device:?']);
});

test('一份报文里有一个站没登记：整份不存不答', async () => {
  const { world, station } = await open();
  station.say(report(1, `${WATCHED + RAIN_AND_LEVEL}F1F1009999999944F0F02607011200190804`), timed(2));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 2']);
  expect(world.quarantined).toMatchObject([{ code: '0099999999' }]);
  expect(storedIn(world)).toHaveLength(2);
});

test('密码不对不存不答，档案里大小写都可以写', async () => {
  const { world, station } = await open({}, { password: 'abcd' });
  station.say(timed(1), timed(2, { password: 'ABCD' }));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 2']);
  expect(world.refused).toEqual([`bad-password:${STATION}`]);
});

test('测试报答而不存，计数', async () => {
  const { world, station } = await open();
  station.say(timed(1, { code: 0x30 }));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['30 ESC 1']);
  expect(world.refused).toEqual([`test-report:${STATION}`]);
  expect(world.sink.asked).toBe(0);
});

test('小时报的十二个五分钟雨量、状态字的一位；没绑定的因子计数', async () => {
  const { world, station } = await open();
  const series = 'F46005FFFFFFFFFFFFFFFFFFFF14';
  station.say(report(1, `${WATCHED + series}381212684520000000C2`, { code: 0x34 }));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['34 ESC 1']);
  expect(storedIn(world)).toEqual(['3=0.5@0', '3=2@55', '4=1@0']);
  expect(world.unmapped).toContain('38');
  expect(world.unmapped).toContain('45.7');
});

test('缺测与哨兵值没有读数，报文照样确认', async () => {
  const { world, station } = await open();
  station.say(report(1, `${WATCHED}2019FFFFFF392309999999`));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1']);
  expect(world.sink.asked).toBe(0);
});

test('时刻不可用的不存不答；功能码在保留区的不答，各有其名', async () => {
  const { world, station } = await open();
  station.say(
    report(1, `F1F1${STATION}48F0F02602301200${RAIN_AND_LEVEL}`),
    timed(2, { code: 0x3b }),
    report(4, `${WATCHED}3923`),
    timed(5),
  );
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 5']);
  expect(world.refused).toEqual(
    ['bad-time', 'unsupported-function', 'bad-element'].map((reason) => `${reason}:${STATION}`),
  );
});

test('以下行结束符结束的上行报文：默认不收，档案明示才收并计宽限', async () => {
  const strict = await open();
  strict.station.say(timed(1, { end: 'ENQ' }));
  await vi.waitFor(() => expect(strict.world.refused).toEqual([`wrong-end:${STATION}`]), PATIENCE);
  const lenient = await open({}, { ends: 'any' });
  lenient.station.say(timed(1, { end: 'ENQ' }));
  await expect.poll(() => lenient.station.answers, PATIENCE).toEqual(['32 ESC 1']);
  expect(lenient.world.lenient).toEqual([`any-end:${STATION}`]);
});

test('坏帧、杂音与 ASCII 编码各有其名，记在自称的站名下，后面的好帧照收', async () => {
  const { world, station } = await open();
  const bad = timed(1);
  bad[30] = 0x55;
  const ascii = Buffer.from(`\u000101${STATION}123432002B\u00020001\u0003ABCD`, 'latin1');
  station.say(Buffer.from('REG'), bad, ascii, timed(2));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 2']);
  expect(world.refused).toEqual(['no-header:?', `crc-mismatch:${STATION}`, `ascii-form:${STATION}`]);
});

test('没有“7E7E”的洪水到限即断，别的站照常', async () => {
  const { world, gateway, station } = await open({ limits: { noiseBytes: 64 * 1024 } });
  const hostile = await StationEnd.dial(gateway.port);
  hostile.say(Buffer.alloc(256 * 1024, 0x55));
  await vi.waitFor(() => expect(hostile.closed).toBe(true), PATIENCE);
  expect(world.logged).toContain('sl651.connection-cut noise');
  station.say(timed(1));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1']);
});

test('拖着不成帧的对端按闲置断开', async () => {
  const { world, station } = await open({ limits: { idleMs: 120 } });
  const drip = setInterval(() => station.socket.write(Buffer.of(0x7e)), 20);
  onTestFinished(() => clearInterval(drip));
  await vi.waitFor(() => expect(station.closed).toBe(true), PATIENCE);
  expect(world.logged).toContain('sl651.connection-cut idle');
});

/** 均匀时段报拆成三包：水位 10.490、10.500、10.510。 */
function uniform(number: number, end: 'ETB' | 'ETX' = 'ETB'): Uint8Array {
  const first = [...timesBody(9, NOON), ...(hexBytes(`${WATCHED}041800000539230001`) ?? [])];
  const bodies = [first, hexBytes('049000010500') ?? [], hexBytes('00010510') ?? []];
  const body = Uint8Array.from(bodies[number - 1] ?? []);
  return timed(0, { code: 0x31, packet: { total: 3, number }, body, end });
}

test('多包：全部存下之后只确认一次；缺哪一包就点名要哪一包', async () => {
  const { world, station } = await open();
  station.say(uniform(1), uniform(3, 'ETX'));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['31 NAK 9/2']);
  expect(world.sink.asked).toBe(0);
  station.say(uniform(2, 'ETX'));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['31 NAK 9/2', '31 ESC 9/3']);
  expect(storedIn(world)).toEqual(['2=10.99@0', '2=11@5', '2=11.01@10']);
});

test('多包断在半路，换一条连接接着来也拼得成', async () => {
  const { world, gateway, station } = await open();
  station.say(uniform(1));
  await vi.waitFor(() => expect(world.accepted).toBe(1), PATIENCE);
  station.socket.destroy();
  const again = await StationEnd.dial(gateway.port);
  again.say(uniform(2), uniform(3, 'ETX'));
  await expect.poll(() => again.answers, PATIENCE).toEqual(['31 ESC 9/3']);
});

test('多包没有下文：等够了点名要两次，还不来就放弃并计数', async () => {
  const { world, station } = await open({ packets: { gapMs: 30 } });
  station.say(uniform(1));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['31 NAK 9/2', '31 NAK 9/2']);
  await vi.waitFor(() => expect(world.refused).toEqual([`incomplete-message:${STATION}`]), {
    timeout: 10_000,
  });
  expect(world.sink.asked).toBe(0);
});

test('对时：发报时间就是校时时间，说出遥测站的钟差多少', async () => {
  const { gateway, station } = await open();
  station.say(report(1, '', { code: 0x2f }));
  await vi.waitFor(() => expect(gateway.sessions()[0]?.devices).toEqual([STATION]), PATIENCE);
  const asked = gateway.command(STATION, { kind: 'set-clock' });
  await expect.poll(() => station.answers, PATIENCE).toEqual(['4a ENQ 0']);
  const clock = Uint8Array.of(
    0,
    2,
    ...stationTime(Date.now() - 3000, 6),
    ...(hexBytes(`F1F1${STATION}`) ?? []),
  );
  station.say(timed(2, { code: 0x4a, body: clock }));
  expect(await asked).toMatchObject({ kind: 'done', text: expect.stringMatching(/相差 [34] 秒/) });
  await expect.poll(() => station.answers, PATIENCE).toEqual(['4a ENQ 0', '4a ESC 2']);
});

test('补招：一个要素一条命令，读数走平常的路；站不答就停下并说到哪里', async () => {
  const { world, gateway, station } = await open({ answerWithinMs: 400 });
  station.say(report(1, '', { code: 0x2f }));
  await vi.waitFor(() => expect(gateway.sessions()[0]?.devices).toEqual([STATION]), PATIENCE);
  const asked = gateway.command(STATION, {
    kind: 'back-fill',
    from: NOON - 90 * 60_000,
    to: NOON - 10 * 60_000,
    period: 'hour',
  });
  await expect.poll(() => station.answers, PATIENCE).toEqual(['38 ENQ 0']);
  const command = station.heard[0];
  if (command === undefined) throw new Error('没有命令');
  expect(inspect(encodeFrame(command))).toMatchObject([
    { decode: { body: { begin: '26070110', end: '26070112', elements: [{ id: '04' }, { id: '20' }] } } },
  ]);
  station.say(report(2, `F1F1${STATION}48F0F0260701110004180001002019000010000025`, { code: 0x38 }));
  const outcome = await asked;
  expect(outcome).toEqual({ kind: 'done', text: '补招了 20 共 2 个值；问到 39 时遥测站没有回答。' });
  expect(storedIn(world)).toEqual(['1=1@-60', '1=2.5@0']);
});

test('站没连着、命令不支持、网关关了：各说各的', async () => {
  const { gateway, station } = await open();
  expect(await gateway.command(STATION, { kind: 'query-now' })).toEqual({ kind: 'not-connected' });
  expect(await gateway.command(STATION, { kind: 'set-interval', seconds: 60 })).toEqual({
    kind: 'unsupported',
  });
  station.say(timed(1));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1']);
  const asked = gateway.command(STATION, { kind: 'query-now' });
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1', '37 ENQ 0']);
  await gateway.close();
  expect(await asked).toEqual({ kind: 'timeout' });
});

test('回放的站与实时的站同在一条连接上，各归各的会话', async () => {
  const { world, station } = await open();
  world.devices.set('00000000aa', known('00000000aa', { id: 2, session: 7 }));
  const replayed = report(1, `F1F100000000AA48F0F02607011200${RAIN_AND_LEVEL}`, { station: '00000000aa' });
  station.say(Buffer.concat([replayed, timed(2)]));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1', '32 ESC 2']);
  expect(new Set(world.sink.sessions)).toEqual(new Set([0, 7]));
});
