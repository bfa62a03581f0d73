import { type Frame, frameBytes, HEAD_BYTES, readFrame, START, unitLengthAt } from './frame.ts';
import { explainHead, explainUnit } from './explain.ts';
import { Framer, type FramerEvent } from './framer.ts';
import { COMMAND } from './tables.ts';
import type { RefusalReason } from './text.ts';
import { decodeUnit } from './unit.ts';
import { LAYOUTS } from './unit-fields.ts';

/** 一帧的体检：收不收、为什么、读出来是什么。被拒收的帧也尽量给出里面写了什么，但它绝不能入库。 */
export interface Inspection {
  readonly accept: boolean;
  readonly reason: RefusalReason | null;
  readonly decode: Readonly<Record<string, unknown>> | null;
}

/**
 * 体检一行字节：一帧、首尾相接的几帧，或单独一个应用数据单元（以标准定义了组成的类型标志开头）。
 * 行里有帧时，帧外的杂音不另列。
 */
export function inspect(bytes: Uint8Array): Inspection[] {
  if (isBareUnit(bytes)) return [inspectUnit(bytes)];
  const framer = new Framer();
  const events = [...framer.push(bytes), ...framer.end()];
  const framed = events.filter((event) => event.kind === 'frame' || !NOISE.has(event.reason));
  return (framed.length > 0 ? framed : events.slice(0, 1)).map(inspectEvent);
}

const NOISE: ReadonlySet<RefusalReason> = new Set<RefusalReason>(['no-start', 'resync']);

const isBareUnit = (bytes: Uint8Array): boolean => bytes[0] !== START && LAYOUTS.has(bytes[0] ?? 0);

function inspectUnit(bytes: Uint8Array): Inspection {
  const unit = decodeUnit(bytes);
  if (unit.kind === 'misfit') return { accept: false, reason: unit.reason, decode: null };
  return { accept: true, reason: null, decode: explainUnit(unit) };
}

function inspectEvent(event: FramerEvent): Inspection {
  if (event.kind === 'frame') return { accept: true, reason: null, decode: explainFrame(event.frame) };
  const frame = NOISE.has(event.reason) ? undefined : readFrame(event.bytes);
  if (frame === undefined) return { accept: false, reason: event.reason, decode: {} };
  const unitLength = unitLengthAt(event.bytes, 0);
  const isWhole = event.bytes.length >= frameBytes(unitLength);
  const decode = isWhole ? explainFrame(frame) : explainHead(frame, unitLength);
  return { accept: false, reason: event.reason, decode };
}

function explainFrame(frame: Frame): Readonly<Record<string, unknown>> {
  const head = explainHead(frame, frame.unit.length);
  const app = explainUnit(decodeUnit(frame.unit));
  return app === null ? head : { ...head, app };
}

/** 坏帧自称是谁、哪一包；只用来按设备计数与否认，绝不能入库。头没收全的为 `undefined`。 */
export function claimedFrame(bytes: Uint8Array): Frame | undefined {
  return bytes.length < HEAD_BYTES || bytes[0] !== START || bytes[1] !== START ? undefined : readFrame(bytes);
}

/** 标准有含义、而且该由装置发来的命令。 */
export const isUpward = (command: number): boolean =>
  command === COMMAND.send ||
  command === COMMAND.confirm ||
  command === COMMAND.answer ||
  command === COMMAND.deny;
