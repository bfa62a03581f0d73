import type { Peer } from '#gateways/line';
import type { KnownDevice } from '#model/monitoring';
import {
  claimedFrame,
  COMMAND,
  decodeUnit,
  deny,
  encodeFrame,
  type Frame,
  type FramerEvent,
  hexOf,
  isUpward,
  type Unit,
} from '#protocols/gb26875';
import { type GatewayContext, PROTOCOL } from './options.ts';
import type { GatewayRefusal } from './text.ts';

/** 一帧已认出是谁发的、可以办理的数据包。 */
export interface KnownPacket {
  readonly frame: Frame;
  readonly unit: Unit;
  readonly device: KnownDevice;
}

/**
 * 帧器的产出 → 可办理的数据包；其余的逐一计数并说明是哪台装置。校验没通过的（标准 6.5：校验和、命令、长度、启动
 * 与结束符）立即否认，请登记过的装置重发；不认识的源地址不回音。
 */
export function readFrames(
  context: GatewayContext,
  peer: Peer,
  events: readonly FramerEvent[],
): KnownPacket[] {
  const packets: KnownPacket[] = [];
  for (const event of events) {
    const packet =
      event.kind === 'frame' ? openFrame(context, peer, event.frame) : refuseBytes(context, peer, event);
    if (packet !== undefined) packets.push(packet);
  }
  return packets;
}

type Discarded = Extract<FramerEvent, { kind: 'discarded' }>;

function openFrame(context: GatewayContext, peer: Peer, frame: Frame): KnownPacket | undefined {
  const device = context.directory.find(PROTOCOL, frame.source);
  if (device === undefined) {
    context.directory.quarantine({
      protocol: PROTOCOL,
      code: frame.source,
      address: peer.address,
      sample: hexOf(encodeFrame(frame)).slice(0, SAMPLE_CHARACTERS),
    });
    return refuse(context, 'unknown-device');
  }
  if (!isUpward(frame.command)) return turnDown({ context, peer, frame, device }, 'unknown-command');
  const unit = decodeUnit(frame.unit, { surplus: device.settings.surplus });
  if (unit.kind === 'misfit') return turnDown({ context, peer, frame, device }, unit.reason);
  if (unit.kind === 'objects' && unit.surplus.length > 0) {
    context.counters.leniencyUsed(PROTOCOL, device.code, 'unit-overlong');
  }
  return { frame, unit, device };
}

function refuseBytes(context: GatewayContext, peer: Peer, { reason, bytes }: Discarded): undefined {
  if (reason === 'resync') return undefined;
  const frame = claimedFrame(bytes);
  const device = frame && context.directory.find(PROTOCOL, frame.source);
  if (frame === undefined || device === undefined) return refuse(context, reason);
  // 没收全的帧谈不上校验：装置还没说完，断开后自会重发。
  if (reason === 'incomplete') return refuse(context, reason, device.code);
  return turnDown({ context, peer, frame, device }, reason);
}

interface TurnedDown {
  readonly context: GatewayContext;
  readonly peer: Peer;
  readonly frame: Frame;
  readonly device: KnownDevice;
}

/** 否认并计数。装置的确认、否认、应答坏了不否认：我们等不到自会重发，否认来否认去没有完。 */
function turnDown({ context, peer, frame, device }: TurnedDown, reason: GatewayRefusal): undefined {
  const isReply = isUpward(frame.command) && frame.command !== COMMAND.send;
  if (!isReply) peer.send(deny(frame, context.now()));
  return refuse(context, reason, device.code);
}

function refuse(context: GatewayContext, reason: GatewayRefusal, deviceCode?: string): undefined {
  context.counters.framesRefused(PROTOCOL, reason, deviceCode, 1);
  return undefined;
}

const SAMPLE_CHARACTERS = 300;
