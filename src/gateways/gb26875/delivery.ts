import { Batches, type Delivery, type Reply } from '#gateways/line';
import { type KnownDevice, ReadingBatchBuilder } from '#model/monitoring';
import { COMMAND, confirm, UNIT, type UnitObject } from '#protocols/gb26875';
import type { Commander } from './commander.ts';
import { type GatewayContext, PROTOCOL } from './options.ts';
import { Panel } from './panel.ts';
import type { KnownPacket } from './read-frames.ts';
import type { GatewayRefusal } from './text.ts';
import { addReadings } from './to-readings.ts';

/** 一个对象十来个状态位，接上点的通常只有几个。 */
const READINGS_PER_FRAME = 8;

/** 一台网关里各装置的面板；进出回放会话的，从头记起。 */
export class Panels {
  readonly #panels = new Map<number, Panel>();

  of({ id, session }: KnownDevice): Panel {
    const known = this.#panels.get(id);
    if (known?.session === session) return known;
    const panel = new Panel(session);
    this.#panels.set(id, panel);
    return panel;
  }
}

interface Desk {
  readonly context: GatewayContext;
  readonly panels: Panels;
  readonly commander: Commander;
}

/** 数据包 → 读数的批与回音：发来的数据落盘之后确认，对我们的回话交给问话的人。 */
export function prepareDelivery(desk: Desk, packets: readonly KnownPacket[]): Delivery {
  const rows = packets.length * READINGS_PER_FRAME;
  const batches = new Batches((session) => new ReadingBatchBuilder(session, rows));
  const replies: Reply[] = [];
  for (const packet of packets) {
    const reply = prepare(desk, packet, batches);
    if (reply !== undefined) replies.push(reply);
  }
  return { batches: batches.bySession, replies };
}

function prepare(
  { context, panels, commander }: Desk,
  packet: KnownPacket,
  batches: Batches,
): Reply | undefined {
  const { frame, unit, device } = packet;
  const isSent = frame.command === COMMAND.send;
  if (!isSent) commander.hear(device.code, frame);
  noteOthers(context, packet);
  for (const operator of dutyAnswers(packet)) commander.pressed(device.code, operator);
  const builder = batches.of(device.session);
  const before = builder.length;
  const added = addReadings(context, panels.of(device), { device, command: frame.command, unit }, builder);
  if (added === 'fire-unmapped') {
    context.log('gb26875.fire-unmapped', { device: device.code });
    context.counters.framesRefused(PROTOCOL, added satisfies GatewayRefusal, device.code, 1);
    return undefined;
  }
  const bytes = isSent ? confirm(frame, context.now()) : undefined;
  return { device, bytes, stores: builder.length > before };
}

/** 标准没有组成的单元：注册只记一笔；厂家自定义的收下，作为没有去处的因子计数。 */
function noteOthers({ counters, log }: GatewayContext, { unit, device, frame }: KnownPacket): void {
  if (unit.kind !== 'opaque' || frame.command !== COMMAND.send) return;
  if (unit.type === undefined || unit.type === UNIT.register) {
    log('gb26875.device-registered', { device: device.code });
  } else counters.factorsUnmapped(PROTOCOL, device.code, `unit-${unit.type}`);
}

/** 操作标志（类型 24）的位 5。 */
const DUTY_ANSWER = 1 << 5;

function dutyAnswers({ unit }: KnownPacket): readonly number[] {
  if (unit.kind !== 'objects' || unit.type !== UNIT.gatewayOperation) return [];
  return unit.objects.filter(isDutyAnswer).map(({ operator = 0 }) => operator);
}

const isDutyAnswer = ({ operation = 0 }: UnitObject): boolean => (operation & DUTY_ANSWER) !== 0;
