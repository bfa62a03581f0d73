import { Batches, type Conversations, type Delivery, type Reply } from '#gateways/line';
import { type GatewayCounters, type KnownDevice, ReadingBatchBuilder } from '#model/monitoring';
import {
  acknowledge,
  type Body,
  codeText,
  type Frame,
  functionOf,
  type PacketAssembly,
  type PacketOutcome,
  parseBody,
  requestAgain,
  type StationValue,
  stationValues,
} from '#protocols/sl651';
import type { Stations } from './stations.ts';
import { addReadings } from './to-readings.ts';

/** 遥测站对我们的问话的回答。 */
export interface StationAnswer {
  /** 回答里的发报时间，6 字节 BCD 原样。 */
  readonly sentAt: Uint8Array;
  readonly values: number;
}

/** 问话与回答按设备与功能码对上。 */
export const conversationKey = (deviceCode: string, code: number): string =>
  `${deviceCode}/${codeText(code)}`;

interface Parts {
  readonly stations: Stations;
  readonly counters: GatewayCounters;
  readonly conversations: Conversations<StationAnswer>;
  readonly assembly: PacketAssembly;
}

/** 帧 → 读数与回答。 */
export class Reports {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** 一次读到的所有好帧：读数合成批，回答按来帧次序、提交之后才发。 */
  prepare(frames: readonly Frame[], address: string): Delivery {
    const batches = new Batches((session) => new ReadingBatchBuilder(session, READINGS_PER_FRAME));
    const replies: Reply[] = [];
    for (const frame of frames) {
      const device = this.#parts.stations.admit(frame, address);
      if (device === undefined) continue;
      const reply = this.#replyTo(frame, { device, address, batches });
      if (reply !== undefined) replies.push(reply);
    }
    return { batches: batches.bySession, replies };
  }

  #replyTo(frame: Frame, said: Said): Reply | undefined {
    const { device } = said;
    if (functionOf(frame.code) === undefined) {
      return this.#parts.stations.refuse('unsupported-function', device);
    }
    if (frame.packet === undefined) return this.#replyToWhole(frame, said);
    const outcome = this.#parts.assembly.take(frame, performance.now());
    return outcome.kind === 'whole'
      ? this.#replyToWhole(outcome.frame, said)
      : this.#replyToPart(outcome, device);
  }

  #replyToPart(outcome: PacketOutcome, device: KnownDevice): Reply | undefined {
    if (outcome.kind === 'refused') return this.#parts.stations.refuse(outcome.reason, device);
    if (outcome.kind === 'given-up') return this.#parts.stations.refuse('incomplete-message', device);
    return { device, bytes: askAgain(outcome), stores: false };
  }

  #replyToWhole(frame: Frame, said: Said): Reply | undefined {
    const { stations } = this.#parts;
    const { device } = said;
    const outcome = parseBody(frame);
    if (outcome.kind === 'refused') return stations.refuse(outcome.reason, device);
    const { body } = outcome;
    if (body.items.some(({ kind }) => kind === 'picture' || kind === 'manual')) {
      return stations.refuse('not-kept', device);
    }
    const values = stationValues(frame, body);
    if (!this.#take(frame, values, said)) return undefined;
    this.#hear(frame, body, device, values.length);
    const bytes = acknowledge(frame, body.serial, Date.now(), device.settings.afterAnswer);
    return { device, bytes, stores: true };
  }

  #take(frame: Frame, values: readonly StationValue[], { device, address, batches }: Said): boolean {
    const { stations, counters } = this.#parts;
    if (frame.code === TEST_REPORT) stations.refuse('test-report', device);
    const owners = stations.owners(frame, values, address);
    if (owners === undefined) return false;
    if (addReadings(values, owners, batches, counters) === 'added') return true;
    stations.refuse('bad-time', device);
    return false;
  }

  /** 后面还有报文（ETB）的不算答完。 */
  #hear(frame: Frame, { sentAt }: Body, device: KnownDevice, values: number): void {
    if (frame.end === 'ETB') return;
    this.#parts.conversations.answer(conversationKey(device.code, frame.code), { sentAt, values });
  }
}

interface Said {
  readonly device: KnownDevice;
  readonly address: string;
  readonly batches: Batches;
}

const TEST_REPORT = 0x30;

/** 一帧常有 6 个要素上下，小时报有二三十个。 */
const READINGS_PER_FRAME = 16;

/** 要求重发的那一包；还在等的没有话说。 */
export function askAgain(outcome: PacketOutcome): Uint8Array | undefined {
  if (outcome.kind !== 'again') return undefined;
  return requestAgain(outcome.last, outcome.missing, outcome.serial, Date.now());
}
