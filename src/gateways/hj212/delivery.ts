import { type KnownDevice, ReadingBatchBuilder } from '#model/monitoring';
import { dataAnswer, type FrameStyle, isUpload, noticeAnswer, type Segment } from '#protocols/hj212';
import { type GatewayContext, PROTOCOL } from './options.ts';
import type { KnownPacket } from './read-frames.ts';
import type { GatewayRefusal } from './text.ts';
import { addReadings } from './to-readings.ts';

/** 一帧的回音：等它所在会话的读数提交之后才发。 */
interface Reply {
  readonly device: KnownDevice;
  readonly bytes: Uint8Array | undefined;
  /** 这一帧有没有读数要等；没有的立刻可答。 */
  readonly stores: boolean;
}

/** 一次读到的所有帧：按会话（实时 0、回放各自的号）合成批，回音按来帧次序。 */
export interface Delivery {
  readonly batches: ReadonlyMap<number, ReadingBatchBuilder>;
  readonly replies: readonly Reply[];
}

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
  const batches = new Map<number, ReadingBatchBuilder>();
  const replies: Reply[] = [];
  for (const packet of packets) {
    const reply = isUpload(packet.segment.cn)
      ? prepareUpload(context, packet, batchOf(batches, packet.device.session, packets.length))
      : prepareOther(context, packet);
    if (reply !== undefined) replies.push(reply);
  }
  return { batches, replies };
}

/** 一帧常有 8 个因子上下；估得准些，批里的数组少长几次。 */
const READINGS_PER_FRAME = 12;

function batchOf(
  batches: Map<number, ReadingBatchBuilder>,
  session: number,
  frames: number,
): ReadingBatchBuilder {
  const known = batches.get(session);
  if (known !== undefined) return known;
  const builder = new ReadingBatchBuilder(session, frames * READINGS_PER_FRAME);
  batches.set(session, builder);
  return builder;
}

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

/** 提交各批；返回可以发出的回音（按来帧次序）。没存下的帧不回音，设备会重发。 */
export async function commitDelivery(context: GatewayContext, delivery: Delivery): Promise<Uint8Array[]> {
  const failed = new Set<number>();
  await Promise.all(
    [...delivery.batches].map(async ([session, builder]) => {
      if (builder.length === 0) return;
      try {
        await context.sink.accept(builder.finish());
      } catch (error) {
        failed.add(session);
        context.log('hj212.store-failed', { session, readings: builder.length, error });
      }
    }),
  );
  const answers: Uint8Array[] = [];
  for (const { device, bytes, stores } of delivery.replies) {
    if (stores && failed.has(device.session)) {
      refuse(context, 'store-failed', device);
      continue;
    }
    context.counters.framesAccepted(PROTOCOL, device.code, 1);
    if (bytes !== undefined) answers.push(bytes);
  }
  return answers;
}

function refuse(context: GatewayContext, reason: GatewayRefusal, device: KnownDevice): undefined {
  context.counters.framesRefused(PROTOCOL, reason, device.code, 1);
  return undefined;
}
