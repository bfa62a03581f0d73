import { expect, test } from 'vitest';
import { COMMAND, encodeFrame, UNIT } from '#protocols/gb26875';
import {
  AT,
  type Caller,
  CENTRE,
  CODE,
  component,
  FIRE,
  gate,
  heartbeat,
  message,
  NORMAL,
  open,
  TcpCaller,
  UdpCaller,
} from './testing.ts';

const PATIENCE = { timeout: 10_000 };
const DIALS: readonly (readonly [string, (port: number) => Promise<Caller>])[] = [
  ['TCP', (port) => TcpCaller.dial(port)],
  ['UDP', (port) => UdpCaller.dial(port)],
];

/** 一句无事的心跳得到确认，说明它之前的都已处理完。 */
async function afterEverything(caller: Caller, serial: number): Promise<void> {
  caller.say(message(serial, heartbeat(NORMAL)));
  await expect.poll(() => caller.answers, PATIENCE).toContain(`3:${serial}`);
}

test.each(DIALS)('%s：火警存下之后才确认，源与目的对调，流水号不变', async (_name, dial) => {
  const { world, gateway } = await open();
  world.register({ fire: 1 });
  const caller = await dial(gateway.port);
  const { held, release } = gate();
  world.sink.hold = held;
  caller.say(message(7, component(5, FIRE)));
  await expect.poll(() => world.sink.asked, PATIENCE).toBe(1);
  // 不带读数的心跳排在火警后面（TCP），或立刻可答（UDP）；火警本身一声不出。
  expect(caller.answers).not.toContain('3:7');
  expect(world.accepted).toBe(0);
  release();
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:7']);
  expect(caller.heard[0]).toMatchObject({ source: CENTRE, target: CODE, unit: new Uint8Array(0) });
  expect(world.rows).toEqual(['1=1 @0']);
});

test.each(DIALS)('%s：存不下就不答；装置重发，存下一行再答', async (_name, dial) => {
  const { world, gateway } = await open();
  world.register({ '1.1/*/fire': 1 });
  world.sink.failures = 1;
  const caller = await dial(gateway.port);
  caller.say(message(7, component(5, FIRE)));
  await expect.poll(() => world.refused, PATIENCE).toEqual([`store-failed:${CODE}`]);
  await afterEverything(caller, 8);
  expect(caller.answers).toEqual(['3:8']);
  caller.say(message(7, component(5, FIRE)));
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:8', '3:7']);
  expect(world.rows).toEqual(['1=1 @0']);
});

const spoiled = (at: number, byte: number): Uint8Array => {
  const bytes = message(7, component(5, FIRE));
  bytes[(at + bytes.length) % bytes.length] = byte;
  return bytes;
};
const REFUSALS: readonly { readonly damage: string; readonly bytes: Uint8Array; readonly reason: string }[] =
  [
    { damage: '校验和错', bytes: spoiled(-3, 0), reason: 'bad-sum' },
    { damage: '结束符错', bytes: spoiled(-1, 0x13), reason: 'bad-end' },
    { damage: '长度超过 1024', bytes: spoiled(25, 0x05), reason: 'unit-too-long' },
    { damage: '命令字节是预留的', bytes: message(7, component(5, FIRE), 9), reason: 'unknown-command' },
    {
      damage: '命令该由我们说',
      bytes: message(7, component(5, FIRE), COMMAND.control),
      reason: 'unknown-command',
    },
    { damage: '对象没收全', bytes: message(7, component(5, FIRE).subarray(0, 40)), reason: 'unit-too-short' },
    {
      damage: '对象之后多出字节',
      bytes: message(7, Uint8Array.of(...component(5, FIRE), 0)),
      reason: 'unit-overlong',
    },
  ];

test.each(DIALS.flatMap(([name, dial]) => REFUSALS.map((one) => ({ name, dial, ...one }))))(
  '$name $damage：否认并按理由计数，一行不存',
  async ({ dial, bytes, reason }) => {
    const { world, gateway } = await open();
    world.register({ fire: 1 });
    const caller = await dial(gateway.port);
    caller.say(bytes);
    await expect.poll(() => caller.answers, PATIENCE).toEqual(['6:7']);
    expect(caller.heard[0]).toMatchObject({ source: CENTRE, target: CODE });
    expect(world.refused).toEqual([`${reason}:${CODE}`]);
    await afterEverything(caller, 8);
    expect(world.rows).toEqual([]);
  },
);

test('坏了的确认、应答、否认不否认，免得否认来否认去', async () => {
  const { world, gateway } = await open();
  world.register({});
  const caller = await TcpCaller.dial(gateway.port);
  for (const command of [COMMAND.confirm, COMMAND.answer, COMMAND.deny]) {
    const bytes = message(command, new Uint8Array(0), command);
    bytes[bytes.length - 3] = 0;
    caller.say(bytes);
  }
  await afterEverything(caller, 8);
  expect(caller.answers).toEqual(['3:8']);
  expect(world.refused).toEqual(Array.from({ length: 3 }, () => `bad-sum:${CODE}`));
});

test.each(DIALS)('%s：没登记的源地址进隔离区，不回音，连坏帧也不否认', async (_name, dial) => {
  const { world, gateway } = await open();
  const caller = await dial(gateway.port);
  caller.say(spoiled(-3, 0));
  caller.say(message(7, component(5, FIRE)));
  await expect.poll(() => world.quarantined, PATIENCE).toHaveLength(1);
  expect(world.quarantined[0]).toMatchObject({ protocol: 'gb26875', code: CODE, address: '127.0.0.1' });
  world.register({});
  await afterEverything(caller, 8);
  expect(caller.answers).toEqual(['3:8']);
  expect(world.refused).toEqual(['bad-sum:?', 'unknown-device:?']);
});

test('登记与心跳照现场的样子收：空单元、只有 16H 一个字节、不带时间的状态', async () => {
  const { world, gateway } = await open();
  world.register({ 'gateway/normal': 1 });
  const caller = await TcpCaller.dial(gateway.port);
  caller.say(message(1, new Uint8Array(0)));
  caller.say(message(2, Uint8Array.of(UNIT.register)));
  caller.say(message(3, Uint8Array.of(UNIT.gatewayState, 1, NORMAL)));
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:1', '3:2', '3:3']);
  expect(world.logged).toEqual(['gb26875.device-registered', 'gb26875.device-registered']);
  expect(world.rows).toEqual(['1=1 @1500 q64']);
});

test('厂家自定义的单元收下，作为没有去处的因子计数', async () => {
  const { world, gateway } = await open();
  world.register({});
  const caller = await TcpCaller.dial(gateway.port);
  caller.say(message(1, Uint8Array.of(150, 1, 2, 3)));
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:1']);
  expect(world.unmapped).toEqual(['unit-150']);
});

test('多出的字节按设备档案忽略，每用一次都计数', async () => {
  const { world, gateway } = await open();
  world.register({ fire: 1 }, { settings: { surplus: 'ignore' } });
  const caller = await TcpCaller.dial(gateway.port);
  caller.say(message(1, Uint8Array.of(...component(5, FIRE), 0xaa)));
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:1']);
  expect(world.rows).toEqual(['1=1 @0']);
  expect(world.lenient).toEqual([`unit-overlong:${CODE}`]);
});

test('切碎的帧等齐了才办；首尾相接的几帧合成一批，按次序确认', async () => {
  const { world, gateway } = await open();
  world.register({ fire: 1 });
  const caller = await TcpCaller.dial(gateway.port);
  const first = message(1, component(1, FIRE));
  caller.say(first.subarray(0, 30));
  await expect.poll(() => gateway.sessions().length, PATIENCE).toBe(1);
  caller.say(
    Buffer.concat([first.subarray(30), message(2, component(2, FIRE)), message(3, component(3, FIRE))]),
  );
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:1', '3:2', '3:3']);
  expect(gateway.sessions()).toMatchObject([{ frames: 3, devices: [CODE], address: '127.0.0.1' }]);
});

test('十兆杂音：到限即断，计数，别的装置不受影响', async () => {
  const { world, gateway } = await open();
  world.register({ fire: 1 });
  const noisy = await TcpCaller.dial(gateway.port);
  const noise = Buffer.alloc(64 * 1024, '@@##');
  for (let sent = 0; sent < 160 && !noisy.closed; sent += 1) {
    if (!noisy.socket.write(noise)) await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => noisy.closed, PATIENCE).toBe(true);
  expect(world.refused).toContain('connection-noise:?');
  const caller = await TcpCaller.dial(gateway.port);
  caller.say(message(1, component(1, FIRE)));
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:1']);
});

test('UDP：一个数据报装不全的帧不等下一个；几帧一个数据报都收', async () => {
  const { world, gateway } = await open();
  world.register({ fire: 1 });
  const caller = await UdpCaller.dial(gateway.port);
  const whole = message(1, component(1, FIRE));
  caller.say(whole.subarray(0, 40));
  caller.say(whole.subarray(40));
  await expect.poll(() => world.refused, PATIENCE).toEqual([`incomplete:${CODE}`, 'no-start:?']);
  caller.say(Buffer.concat([message(2, component(2, FIRE)), message(3, component(3, FIRE))]));
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:2', '3:3']);
});

test('UDP 的对端也列在会话里，可以忘掉；登记过的才列', async () => {
  const { world, gateway } = await open();
  const stranger = await UdpCaller.dial(gateway.port);
  stranger.say(message(1, heartbeat(NORMAL)));
  await expect.poll(() => world.quarantined, PATIENCE).toHaveLength(1);
  expect(gateway.sessions()).toEqual([]);
  world.register({});
  const caller = await UdpCaller.dial(gateway.port);
  await afterEverything(caller, 1);
  const [session] = gateway.sessions();
  expect(session).toMatchObject({ frames: 1, devices: [CODE] });
  expect(session?.address).toMatch(/^udp 127\.0\.0\.1:\d+$/u);
  expect(gateway.cut(session?.id ?? 0)).toBe(true);
  expect(gateway.sessions()).toEqual([]);
  expect(gateway.cut(session?.id ?? 0)).toBe(false);
});

test.each(DIALS)('%s：关闭时在途的提交仍答完', async (_name, dial) => {
  const { world, gateway } = await open();
  world.register({ fire: 1 });
  const caller = await dial(gateway.port);
  const { held, release } = gate();
  world.sink.hold = held;
  caller.say(message(7, component(5, FIRE)));
  await expect.poll(() => world.sink.asked, PATIENCE).toBe(1);
  const closed = gateway.close();
  release();
  await closed;
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:7']);
});

test('装置说的时刻只精确到秒，时间标签全零的包也照样成帧', async () => {
  const { world, gateway } = await open();
  world.register({ fire: 1 });
  const caller = await TcpCaller.dial(gateway.port);
  const unit = component(5, FIRE, { at: AT + 400 });
  const frame = { serial: 9, versionMain: 16, versionUser: 0, source: CODE, target: CENTRE, command: 2 };
  caller.say(encodeFrame({ ...frame, sentAt: new Uint8Array(6), unit }));
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:9']);
  expect(caller.heard[0]).toMatchObject({ versionMain: 16, versionUser: 0 });
  expect(world.rows).toEqual(['1=1 @0']);
});
