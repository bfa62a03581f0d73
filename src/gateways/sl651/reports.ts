import { Batches, type Conversations, type Delivery, type GatewayLog, type Reply } from '#gateways/line';
import {
  type DeviceNote,
  type GatewayCounters,
  type KnownDevice,
  type NoteKeeper,
  ReadingBatchBuilder,
} from '#model/monitoring';
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
  stationNotes,
  type StationValue,
  stationValues,
} from '#protocols/sl651';
import { PROTOCOL } from './options.ts';
import type { Stations } from './stations.ts';
import { toNotes } from './to-notes.ts';
import { addReadings } from './to-readings.ts';

/** 遥测站对我们的问话的回答。 */
export interface StationAnswer {
  /** 回答里的发报时间，6 字节 BCD 原样。 */
  readonly sentAt: Uint8Array;
  readonly values: number;
  /** 图片与文字。 */
  readonly notes: number;
}

/** 问话与回答按设备与功能码对上。 */
export const conversationKey = (deviceCode: string, code: number): string =>
  `${deviceCode}/${codeText(code)}`;

interface Parts {
  readonly stations: Stations;
  readonly counters: GatewayCounters;
  readonly conversations: Conversations<StationAnswer>;
  readonly assembly: PacketAssembly;
  readonly notes: NoteKeeper;
  readonly log: GatewayLog;
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
    const values = stationValues(frame, body);
    const notes = this.#take(frame, { body, values }, said);
    if (notes === undefined) return undefined;
    this.#hear(frame, device, { sentAt: body.sentAt, values: values.length, notes: notes.length });
    const bytes = acknowledge(frame, body.serial, Date.now(), device.settings.afterAnswer);
    return { device, bytes, stores: true, ...(notes.length === 0 ? {} : { kept: this.#keep(notes) }) };
  }

  /** 读数进批，给出要另存的图文；整份不收的已计数，为 `undefined`。测试报的图文和读数一样不存。 */
  #take(
    frame: Frame,
    { body, values }: { readonly body: Body; readonly values: readonly StationValue[] },
    { device, address, batches }: Said,
  ): readonly DeviceNote[] | undefined {
    const { stations, counters } = this.#parts;
    if (frame.code === TEST_REPORT) stations.refuse('test-report', device);
    const said = frame.code === TEST_REPORT ? [] : stationNotes(frame, body);
    const owners = stations.owners(frame, [...values, ...said], address);
    if (owners === undefined) return undefined;
    const notes = toNotes(said, owners);
    if (typeof notes === 'string') return stations.refuse(notes, device);
    if (addReadings(values, owners, batches, counters) === 'added') return notes;
    return stations.refuse('bad-time', device);
  }

  /** 图文存成了没有；没存成的由线路计数，站会重发。 */
  #keep(notes: readonly DeviceNote[]): Promise<boolean> {
    const { notes: keeper, log } = this.#parts;
    return keeper.keep(notes).then(
      () => true,
      (error: unknown) => {
        log(`${PROTOCOL}.store-failed`, { notes: notes.length, error });
        return false;
      },
    );
  }

  /** 后面还有报文（ETB）的不算答完。 */
  #hear(frame: Frame, device: KnownDevice, answer: StationAnswer): void {
    if (frame.packet === undefined && frame.end === 'ETB') return;
    this.#parts.conversations.answer(conversationKey(device.code, frame.code), answer);
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
