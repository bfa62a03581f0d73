import type { KnownDevice } from '#model/monitoring';
import {
  Framer,
  type FramerEvent,
  type Leniency,
  openCipher,
  parseSegment,
  readableSegment,
  type Segment,
} from '#protocols/hj212';
import { type GatewayContext, PROTOCOL } from './options.ts';
import type { GatewayRefusal } from './text.ts';

/** 一帧已认出是谁发的、可以办理的报文。 */
export interface KnownPacket {
  readonly segment: Segment;
  readonly device: KnownDevice;
}

/** 帧器的产出 → 可办理的报文；其余的逐一计数并说明是哪台设备。 */
export function readFrames(
  context: GatewayContext,
  address: string,
  events: readonly FramerEvent[],
): KnownPacket[] {
  const packets: KnownPacket[] = [];
  for (const event of events) {
    const packet =
      event.kind === 'frame' ? openFrame(context, address, event) : reopen(context, address, event);
    if (packet !== undefined) packets.push(packet);
  }
  return packets;
}

type Frame = Extract<FramerEvent, { kind: 'frame' }>;
type Discarded = Extract<FramerEvent, { kind: 'discarded' }>;

function openFrame(context: GatewayContext, address: string, frame: Frame): KnownPacket | undefined {
  const outcome = parseSegment(frame.segment);
  if (outcome.kind === 'refused') {
    return outcome.reason === 'encrypted-data-area'
      ? openSealed(context, address, frame)
      : refuse(context, outcome.reason);
  }
  const { segment } = outcome;
  if (segment.mn === undefined || segment.mn === '') return refuse(context, 'no-mn');
  const device = context.directory.find(PROTOCOL, segment.mn);
  if (device === undefined) {
    context.directory.quarantine({
      protocol: PROTOCOL,
      code: segment.mn,
      address,
      sample: sample(frame.segment),
    });
    return refuse(context, 'unknown-device');
  }
  const { password } = device.settings;
  if (password !== undefined && password !== segment.pw) return refuse(context, 'bad-password', device.code);
  for (const leniency of frame.leniencies) reportLeniency(context, device, leniency);
  return { segment, device };
}

/** HJ 212-2025 的密文数据区：设备档案里有密钥，就解开再读；密钥不对，记在这台设备名下。 */
function openSealed(context: GatewayContext, address: string, frame: Frame): KnownPacket | undefined {
  const device = writerOf(context, withoutData(frame.segment));
  const cipher = device?.settings.cipher;
  if (device === undefined || cipher === undefined)
    return refuse(context, 'encrypted-data-area', device?.code);
  const segment = openCipher(frame.segment, cipher);
  if (segment === undefined || parseSegment(segment).kind === 'refused')
    return refuse(context, 'cipher-not-opened', device.code);
  return openFrame(context, address, { ...frame, segment });
}

/** 数据段只留段头：密文不影响认出是谁发的。 */
function withoutData(segment: Uint8Array): Uint8Array {
  const text = Buffer.from(segment.buffer, segment.byteOffset, segment.length).toString('latin1');
  return Buffer.from(`${text.slice(0, text.indexOf('CP=&&'))}CP=&&&&`, 'latin1');
}

/** 严格不收的帧：若写着已登记设备的 MN，且它的档案明示了宽限，就按档案再读一遍。 */
function reopen(context: GatewayContext, address: string, discarded: Discarded): KnownPacket | undefined {
  const { reason, bytes } = discarded;
  if (reason === 'resync') return undefined;
  const device = reason === 'no-header' ? undefined : writerOf(context, bytes);
  if (device === undefined) return refuse(context, reason);
  const { crc = 'hj212', length = 'strict' } = device.settings;
  if (crc === 'hj212' && length === 'strict') return refuse(context, reason, device.code);
  const [event] = new Framer({ crc, length }).push(bytes);
  if (event?.kind === 'frame') return openFrame(context, address, event);
  return refuse(context, event?.reason ?? reason, device.code);
}

/** 坏帧自称是谁发的；只用来按设备计数和查它的宽限。 */
function writerOf(context: GatewayContext, bytes: Uint8Array): KnownDevice | undefined {
  const mn = readableSegment(bytes)?.mn;
  return mn === undefined ? undefined : context.directory.find(PROTOCOL, mn);
}

function refuse(context: GatewayContext, reason: GatewayRefusal, deviceCode?: string): undefined {
  context.counters.framesRefused(PROTOCOL, reason, deviceCode, 1);
  return undefined;
}

function reportLeniency(context: GatewayContext, device: KnownDevice, leniency: Leniency): void {
  context.counters.leniencyUsed(PROTOCOL, device.code, leniency);
}

const SAMPLE_BYTES = 300;

const sample = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SAMPLE_BYTES)).toString('utf8');
