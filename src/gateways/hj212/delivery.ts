import { Batches, type Delivery, type Reply } from '#gateways/line';
import { type KnownDevice, ReadingBatchBuilder } from '#model/monitoring';
import { dataAnswer, type FrameStyle, isUpload, noticeAnswer, type Segment } from '#protocols/hj212';
import { type GatewayContext, PROTOCOL } from './options.ts';
import type { KnownPacket } from './read-frames.ts';
import type { GatewayRefusal } from './text.ts';
import { addReadings } from './to-readings.ts';

type Build = (segment: Segment, style?: FrameStyle) => Uint8Array;

/** 不带读数、但标准要求回音的命令：9013 答通知，9014 答数据；`undefined` 表示收下即可。 */
const OTHER_COMMANDS: Readonly<Record<string, Build | undefined>> = {
  '1013': noticeAnswer,
  '2081': dataAnswer,
  '9011': undefined,
  '9012': undefined,
  '9013': undefined,
  '9014': undefined,
  '9015': noticeAnswer,
};

export function prepareDelivery(context: GatewayContext, packets: readonly KnownPacket[]): Delivery {
  const rows = packets.length * READINGS_PER_FRAME;
  const batches = new Batches((session) => new ReadingBatchBuilder(session, rows));
  const replies: Reply[] = [];
  for (const packet of packets) {
    const reply = isUpload(packet.segment.cn)
      ? prepareUpload(context, packet, batches.of(packet.device.session))
      : prepareOther(context, packet);
    if (reply !== undefined) replies.push(reply);
  }
  return { batches: batches.bySession, replies };
}

/** 一帧常有 8 个因子上下；估得准些，批里的数组少长几次。 */
const READINGS_PER_FRAME = 12;

function prepareUpload(
  context: GatewayContext,
  packet: KnownPacket,
  builder: ReadingBatchBuilder,
): Reply | undefined {
  const { device } = packet;
  const outcome = addReadings(packet, builder, context.counters);
  if (outcome === 'bad-time') return refuse(context, 'bad-time', device);
  return { device, bytes: replyBytes(packet, dataAnswer), stores: true };
}

function prepareOther(context: GatewayContext, packet: KnownPacket): Reply | undefined {
  const { device, segment } = packet;
  const cn = segment.cn ?? '';
  if (!(cn in OTHER_COMMANDS)) return refuse(context, 'unsupported-command', device);
  if (cn === '2081') context.log('hj212.device-restarted', { device: device.code, groups: segment.groups });
  return { device, bytes: replyBytes(packet, OTHER_COMMANDS[cn]), stores: false };
}

/** 只有 Flag 的 A 位为 1 才回音：有的数采仪把不请自来的应答当错误计。 */
function replyBytes({ segment, device }: KnownPacket, build: Build | undefined): Uint8Array | undefined {
  if (build === undefined || segment.flag?.needsAnswer !== true) return undefined;
  return build(segment, { crc: device.settings.crc ?? 'hj212' });
}

function refuse(context: GatewayContext, reason: GatewayRefusal, device: KnownDevice): undefined {
  context.counters.framesRefused(PROTOCOL, reason, device.code, 1);
  return undefined;
}
