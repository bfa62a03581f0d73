import { expect, test } from 'vitest';
import type { CommandOutcome, DeviceCommand, Gateway } from '#model/monitoring';
import { COMMAND, decodeUnit, momentOf, UNIT, unitOf } from '#protocols/gb26875';
import {
  AT,
  type Caller,
  CENTRE,
  CODE,
  heartbeat,
  message,
  NORMAL,
  open,
  tag,
  TcpCaller,
  UdpCaller,
} from './testing.ts';

const PATIENCE = { timeout: 10_000 };
/** 装置一声不答时很快放弃；查岗的一分钟是一百毫秒。 */
const HASTY = { answerWithinMs: 30, resends: 3, minuteMs: 100 };
/** 装置会答的，等多久都行：忙的机器上也不因此失败。 */
const PATIENT = { answerWithinMs: 20_000, resends: 0, minuteMs: 20_000 };
const DIALS: readonly (readonly [string, (port: number) => Promise<Caller>])[] = [
  ['TCP', (port) => TcpCaller.dial(port)],
  ['UDP', (port) => UdpCaller.dial(port)],
];

/** 报过一次心跳的装置：平台知道往哪儿对它说话。 */
async function introduced(caller: Caller): Promise<void> {
  caller.say(message(1, heartbeat(NORMAL)));
  await expect.poll(() => caller.answers, PATIENCE).toEqual(['3:1']);
}

async function asking(
  gateway: Gateway,
  caller: Caller,
  command: DeviceCommand,
): Promise<{ readonly outcome: Promise<CommandOutcome> | undefined; readonly serial: number }> {
  const outcome = gateway.command?.(CODE, command);
  await expect.poll(() => caller.heard.length, PATIENCE).toBe(2);
  return { outcome, serial: caller.heard[1]?.serial ?? -1 };
}

test.each(DIALS)('%s 对时：控制命令带着我们的钟，装置确认', async (_name, dial) => {
  const { world, gateway } = await open({ asks: PATIENT });
  world.register({});
  const caller = await dial(gateway.port);
  await introduced(caller);
  const { outcome, serial } = await asking(gateway, caller, { kind: 'set-clock' });
  expect(caller.heard[1]).toMatchObject({ command: COMMAND.control, source: CENTRE, target: CODE });
  const unit = decodeUnit(caller.heard[1]?.unit ?? new Uint8Array(0));
  const [object] = unit.kind === 'objects' ? unit.objects : [];
  expect(unit.type).toBe(UNIT.setClock);
  expect(momentOf(object?.time ?? new Uint8Array(6))).toBe(AT + 1000);
  caller.say(message(serial, new Uint8Array(0), COMMAND.confirm));
  expect(await outcome).toEqual({ kind: 'done', text: '装置已确认对时。' });
});

test.each(DIALS)('%s 查岗：装置确认收到，值班人员按下应答，说得出是谁', async (_name, dial) => {
  const { world, gateway } = await open({ asks: PATIENT });
  world.register({});
  const caller = await dial(gateway.port);
  await introduced(caller);
  const { outcome, serial } = await asking(gateway, caller, { kind: 'duty-check', minutes: 10 });
  expect(caller.heard[1]).toMatchObject({
    command: COMMAND.control,
    unit: Uint8Array.of(UNIT.checkDuty, 1, 10),
  });
  caller.say(message(serial, new Uint8Array(0), COMMAND.confirm));
  const pressed = unitOf(UNIT.gatewayOperation, [{ operation: 0b100000, operator: 17, time: tag(AT) }]);
  caller.say(message(2, pressed));
  expect(await outcome).toEqual({ kind: 'done', text: '值班人员已应答查岗（操作员编号 17）。' });
  await expect.poll(() => caller.answers, PATIENCE).toContain('3:2');
});

test('查岗没有人应答：到时说没有应答', async () => {
  const { world, gateway } = await open({ asks: { ...PATIENT, minuteMs: 20, answerWithinMs: 300 } });
  world.register({});
  const caller = await TcpCaller.dial(gateway.port);
  await introduced(caller);
  const { outcome, serial } = await asking(gateway, caller, { kind: 'duty-check', minutes: 1 });
  caller.say(message(serial, new Uint8Array(0), COMMAND.confirm));
  expect(await outcome).toEqual({ kind: 'timeout' });
});

test.each([{ kind: 'set-clock' }, { kind: 'duty-check', minutes: 5 }] as const)(
  '$kind：装置否认，如实说',
  async (command) => {
    const { world, gateway } = await open({ asks: PATIENT });
    world.register({});
    const caller = await TcpCaller.dial(gateway.port);
    await introduced(caller);
    const { outcome, serial } = await asking(gateway, caller, command);
    caller.say(message(serial, new Uint8Array(0), COMMAND.deny));
    expect(await outcome).toEqual({ kind: 'refused', text: '装置否认了这条命令。' });
  },
);

test('读状态：应答里的读数照常入库，不再确认', async () => {
  const { world, gateway } = await open({ asks: PATIENT });
  world.register({ 'gateway/fault': 1 });
  const caller = await TcpCaller.dial(gateway.port);
  await introduced(caller);
  const { outcome, serial } = await asking(gateway, caller, { kind: 'query-now' });
  expect(caller.heard[1]).toMatchObject({
    command: COMMAND.request,
    unit: Uint8Array.of(UNIT.readGatewayState, 1, 0),
  });
  caller.say(message(serial, heartbeat(0b100, AT + 1000), COMMAND.answer));
  expect(await outcome).toMatchObject({ kind: 'done' });
  await expect.poll(() => world.rows, PATIENCE).toEqual(['1=0 @0', '1=1 @1000']);
  expect(caller.answers).toHaveLength(2);
});

test('装置一声不答：同流水号重发三次，再说没有应答', async () => {
  const { world, gateway } = await open({ asks: HASTY });
  world.register({});
  const caller = await TcpCaller.dial(gateway.port);
  await introduced(caller);
  expect(await gateway.command?.(CODE, { kind: 'set-clock' })).toEqual({ kind: 'timeout' });
  await expect.poll(() => caller.heard.length, PATIENCE).toBe(5);
  expect(new Set(caller.heard.slice(1).map(({ serial }) => serial)).size).toBe(1);
});

test('从没说过话、或已断开的装置：说它没连着；不会的命令说不会', async () => {
  const { world, gateway } = await open({ asks: HASTY });
  world.register({});
  expect(await gateway.command?.(CODE, { kind: 'set-clock' })).toEqual({ kind: 'not-connected' });
  const caller = await TcpCaller.dial(gateway.port);
  await introduced(caller);
  caller.socket.destroy();
  await expect.poll(() => gateway.sessions(), PATIENCE).toEqual([]);
  expect(await gateway.command?.(CODE, { kind: 'duty-check', minutes: 5 })).toEqual({
    kind: 'not-connected',
  });
  expect(await gateway.command?.(CODE, { kind: 'set-interval', seconds: 60 })).toEqual({
    kind: 'unsupported',
  });
});

test('换了路的装置：对它说话走最近说话的那条', async () => {
  const { world, gateway } = await open({ asks: PATIENT });
  world.register({});
  const old = await TcpCaller.dial(gateway.port);
  await introduced(old);
  const fresh = await UdpCaller.dial(gateway.port);
  await introduced(fresh);
  const { outcome, serial } = await asking(gateway, fresh, { kind: 'set-clock' });
  fresh.say(message(serial, new Uint8Array(0), COMMAND.confirm));
  expect(await outcome).toMatchObject({ kind: 'done' });
  expect(old.heard).toHaveLength(1);
});
