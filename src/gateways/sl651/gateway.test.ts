import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type {
  DeviceDirectory,
  DeviceSettings,
  GatewayCounters,
  KnownDevice,
  ReadingBatch,
  UnknownDevice,
} from '#model/monitoring';
import { encodeFrame, type Frame, Framer, hexBytes, inspect, stationTime, timesBody } from '#protocols/sl651';
import { startSl651Gateway, type Sl651Gateway } from './gateway.ts';
import type { Sl651GatewayOptions } from './options.ts';

const PATIENCE = { timeout: 10_000 };
const STATION = '0012345678';
const NOON = Date.UTC(2026, 6, 1, 4);

/** 提交由测试说了算的存储。 */
class FakeSink {
  readonly stored: string[] = [];
  readonly sessions: number[] = [];
  hold: Promise<void> = Promise.resolve();
  failures = 0;
  asked = 0;

  async accept(batch: ReadingBatch): Promise<void> {
    this.asked += 1;
    await this.hold;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('数据库不在');
    }
    this.sessions.push(batch.session);
    for (let at = 0; at < batch.length; at += 1) {
      const minute = ((batch.observedAt[at] ?? Number.NaN) - NOON) / 60_000;
      this.stored.push(`${batch.point[at]}=${batch.value[at]}@${minute}`);
    }
  }
}

class World implements DeviceDirectory, GatewayCounters {
  readonly sink = new FakeSink();
  readonly devices = new Map<string, KnownDevice>();
  readonly quarantined: UnknownDevice[] = [];
  readonly refused: string[] = [];
  readonly unmapped: string[] = [];
  readonly lenient: string[] = [];
  readonly logged: string[] = [];
  accepted = 0;

  find(_protocol: string, code: string): KnownDevice | undefined {
    return this.devices.get(code);
  }
  all(): readonly KnownDevice[] {
    return [...this.devices.values()];
  }
  quarantine(seen: UnknownDevice): void {
    this.quarantined.push(seen);
  }
  framesAccepted(_protocol: string, _device: string, n: number): void {
    this.accepted += n;
  }
  framesRefused(_protocol: string, reason: string, device: string | undefined): void {
    this.refused.push(`${reason}:${device ?? '?'}`);
  }
  factorsUnmapped(_protocol: string, _device: string, factor: string): void {
    this.unmapped.push(factor);
  }
  leniencyUsed(_protocol: string, device: string, leniency: string): void {
    this.lenient.push(`${leniency}:${device}`);
  }
}

const cleanup: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of cleanup.splice(0).toReversed()) await close();
});

const FACTORS = new Map([
  ['20', { point: 1, scale: 1, offset: 0 }],
  ['39', { point: 2, scale: 1, offset: 0.5 }],
  ['F4', { point: 3, scale: 1, offset: 0 }],
  ['45.1', { point: 4, scale: 1, offset: 0 }],
]);

function known(code: string, more: Partial<KnownDevice> = {}): KnownDevice {
  return { id: 1, code, settings: {}, factors: FACTORS, session: 0, ...more };
}

interface Opened {
  readonly world: World;
  readonly gateway: Sl651Gateway;
  readonly station: StationEnd;
}

async function open(
  options: Partial<Sl651GatewayOptions> = {},
  settings: DeviceSettings = {},
): Promise<Opened> {
  const world = new World();
  world.devices.set(STATION, known(STATION, { settings }));
  const gateway = await startSl651Gateway({
    host: '127.0.0.1',
    port: 0,
    sink: world.sink,
    directory: world,
    counters: world,
    log: (event, details) =>
      world.logged.push(`${event} ${JSON.stringify(details['reason'] ?? '').slice(1, -1)}`.trim()),
    ...options,
  });
  cleanup.push(() => gateway.close());
  return { world, gateway, station: await StationEnd.dial(gateway.port) };
}

/** 一个遥测站那头的真实套接字。 */
class StationEnd {
  readonly socket: Socket;
  readonly heard: Frame[] = [];
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    const framer = new Framer('centre');
    socket.on('data', (chunk: Buffer) => {
      for (const event of framer.push(chunk)) if (event.kind === 'frame') this.heard.push(event.frame);
    });
    socket.on('close', () => (this.closed = true)).on('error', () => undefined);
    cleanup.push(() => void socket.destroy());
  }

  static async dial(port: number): Promise<StationEnd> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    return new StationEnd(socket);
  }

  say(...frames: readonly Uint8Array[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** `功能码 结束符 流水号[/包序列号]`。 */
  get answers(): string[] {
    return this.heard.map(({ code, end, body, packet }) => {
      const serial = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
      const number = packet === undefined ? '' : `/${packet.number}`;
      return `${code.toString(16)} ${end} ${serial}${number}`;
    });
  }
}

/** 正午的雨量与水位：20 = 13.0，39 = 10.490。 */
const RAIN_AND_LEVEL = '2019000130392300010490';
const WATCHED = `F1F1${STATION}48F0F02607011200`;

function report(serial: number, rest: string, more: Partial<Frame> = {}): Uint8Array {
  const body = Uint8Array.of(...timesBody(serial, NOON), ...(hexBytes(rest) ?? []));
  const head = { direction: 'up', centre: 1, station: STATION, password: '1234', code: 0x32 } as const;
  return encodeFrame({ ...head, packet: undefined, body, end: 'ETX', ...more });
}

const timed = (serial: number, more: Partial<Frame> = {}): Uint8Array =>
  report(serial, WATCHED + RAIN_AND_LEVEL, more);

function gate(): { readonly held: Promise<void>; release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { held: promise, release: resolve };
}

test('提交之后才确认：保持在线（ESC），流水号照抄；提交之前一声不出', async () => {
  const { world, station } = await open();
  const { held, release } = gate();
  world.sink.hold = held;
  station.say(timed(12));
  await vi.waitFor(() => expect(world.sink.asked).toBe(1), { timeout: 10_000 });
  expect([station.heard, world.accepted]).toEqual([[], 0]);
  release();
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 12']);
  expect(world.sink.stored).toEqual(['1=13@0', '2=10.99@0']);
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
  await vi.waitFor(() => expect(world.refused).toEqual([`store-failed:${STATION}`]), { timeout: 10_000 });
  station.say(timed(1));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1']);
  expect(world.sink.stored).toHaveLength(2);
});

test('一帧切成几段、几帧并成一段，都照收，按来的次序确认', async () => {
  const { gateway, station } = await open();
  const frame = timed(1);
  station.say(frame.subarray(0, 20));
  await vi.waitFor(() => expect(gateway.sessions()).toHaveLength(1), { timeout: 10_000 });
  station.say(frame.subarray(20), timed(2), timed(3));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1', '32 ESC 2', '32 ESC 3']);
});

test('链路维持报不答，站仍在线、可以对它说话', async () => {
  const { gateway, world, station } = await open({ answerWithinMs: 50 });
  station.say(report(1, '', { code: 0x2f }));
  await vi.waitFor(() => expect(world.accepted).toBe(1), { timeout: 10_000 });
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
  expect(world.sink.stored).toHaveLength(2);
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
  expect(world.sink.stored).toEqual(['3=0.5@0', '3=2@55', '4=1@0']);
  expect(world.unmapped).toContain('38');
  expect(world.unmapped).toContain('45.7');
});

test('缺测与哨兵值没有读数，报文照样确认', async () => {
  const { world, station } = await open();
  station.say(report(1, `${WATCHED}2019FFFFFF392309999999`));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1']);
  expect(world.sink.asked).toBe(0);
});

test('时刻不可用的不存不答；功能码在保留区的、图片没有地方存的不答，各有其名', async () => {
  const { world, station } = await open();
  station.say(
    report(1, `F1F1${STATION}48F0F02602301200${RAIN_AND_LEVEL}`),
    timed(2, { code: 0x3b }),
    report(3, `${WATCHED}F3F3FFD8`, { code: 0x36 }),
    report(4, `${WATCHED}3923`),
    timed(5),
  );
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 5']);
  expect(world.refused).toEqual(
    ['bad-time', 'unsupported-function', 'not-kept', 'bad-element'].map((reason) => `${reason}:${STATION}`),
  );
});

test('以下行结束符结束的上行报文：默认不收，档案明示才收并计宽限', async () => {
  const strict = await open();
  strict.station.say(timed(1, { end: 'ENQ' }));
  await vi.waitFor(() => expect(strict.world.refused).toEqual([`wrong-end:${STATION}`]), { timeout: 10_000 });
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
  await vi.waitFor(() => expect(hostile.closed).toBe(true), { timeout: 10_000 });
  expect(world.logged).toContain('sl651.connection-cut noise');
  station.say(timed(1));
  await expect.poll(() => station.answers, PATIENCE).toEqual(['32 ESC 1']);
});

test('拖着不成帧的对端按闲置断开', async () => {
  const { world, station } = await open({ limits: { idleMs: 120 } });
  const drip = setInterval(() => station.socket.write(Buffer.of(0x7e)), 20);
  cleanup.push(() => clearInterval(drip));
  await vi.waitFor(() => expect(station.closed).toBe(true), { timeout: 10_000 });
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
  expect(world.sink.stored).toEqual(['2=10.99@0', '2=11@5', '2=11.01@10']);
});

test('多包断在半路，换一条连接接着来也拼得成', async () => {
  const { world, gateway, station } = await open();
  station.say(uniform(1));
  await vi.waitFor(() => expect(world.accepted).toBe(1), { timeout: 10_000 });
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
  await vi.waitFor(() => expect(gateway.sessions()[0]?.devices).toEqual([STATION]), { timeout: 10_000 });
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
  await vi.waitFor(() => expect(gateway.sessions()[0]?.devices).toEqual([STATION]), { timeout: 10_000 });
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
  expect(world.sink.stored).toEqual(['1=1@-60', '1=2.5@0']);
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
