import {
  type BodyItem,
  definedData,
  encodeBody,
  encodeFrame,
  type Frame,
  hexBytes,
  numberData,
  stationTime,
} from '#protocols/sl651';

/** A station as it introduces itself. */
export interface StationIdentity {
  /** Ten hex digits. */
  readonly station: string;
  /** Four hex digits. */
  readonly password: string;
  readonly centre: number;
}

/** A value of an element, in its unit; `id` in hex as in annex C, `FFxx` for vendors' own. */
export interface ElementValue {
  readonly id: string;
  readonly value: number;
}

/** 河道 (annex A): what a virtual station says it is. */
const RIVER_STATION = 0x48;

/** The frames of one message: one, or as many packets as its body needs (M3). */
export function framesOf(
  identity: StationIdentity,
  code: number,
  body: Uint8Array,
  packetBytes = Number.POSITIVE_INFINITY,
): Frame[] {
  const frame: Frame = { direction: 'up', ...identity, code, packet: undefined, body, end: 'ETX' };
  if (body.length <= packetBytes) return [frame];
  const total = Math.ceil(body.length / packetBytes);
  return Array.from({ length: total }, (_, at) => ({
    ...frame,
    packet: { total, number: at + 1 },
    body: body.slice(at * packetBytes, (at + 1) * packetBytes),
    end: at + 1 === total ? 'ETX' : 'ETB',
  }));
}

export const bytesOf = (frames: readonly Frame[]): Uint8Array =>
  Buffer.concat(frames.map((frame) => encodeFrame(frame)));

interface Told {
  readonly serial: number;
  readonly sentAt: number;
}

/** Serial and time only, as link-keeping and answers to the clock are; with the address where `station` is given. */
export function shortBody({ serial, sentAt }: Told, station?: string): Uint8Array {
  const items: BodyItem[] = station === undefined ? [] : [stationItem(station, undefined)];
  return encodeBody({ serial, sentAt: stationTime(sentAt, 6), items });
}

/** Elements seen at one moment; minutes are as fine as the protocol goes. */
export function elementsBody(
  told: Told,
  station: string,
  observedAt: number,
  elements: readonly ElementValue[],
): Uint8Array {
  const values = elements.map(({ id, value }): BodyItem => ({ kind: 'value', id, ...numberData(value) }));
  return body(told, [...headOf(station, observedAt), ...values]);
}

/** A picture of one moment (table 40). */
export function pictureBody(
  told: Told,
  station: string,
  observedAt: number,
  picture: Uint8Array,
): Uint8Array {
  return body(told, [...headOf(station, observedAt), { kind: 'picture', raw: picture }]);
}

/** A text that somebody has typed at the station (F2F2); it has neither address nor observation time. */
export function manualBody(told: Told, text: string): Uint8Array {
  return body(told, [{ kind: 'manual', raw: Buffer.from(text) }]);
}

interface Uniform {
  readonly first: number;
  /** The three bytes of the step. */
  readonly step: Uint8Array;
  readonly id: string;
  readonly definition: number;
  readonly values: readonly (number | undefined)[];
}

/** One element in even steps (tables 30 and 45); what is missing is filled with F. */
export function uniformBody(told: Told, station: string, uniform: Uniform): Uint8Array {
  const { first, step, id, definition, values } = uniform;
  const raw = Buffer.concat(values.map((value) => definedData(value, definition)));
  return body(told, [
    ...headOf(station, first),
    { kind: 'value', id: '04', definition: 0x18, raw: step },
    { kind: 'uniform', id, definition, raw },
  ]);
}

function body({ serial, sentAt }: Told, items: readonly BodyItem[]): Uint8Array {
  return encodeBody({ serial, sentAt: stationTime(sentAt, 6), items });
}

const headOf = (station: string, observedAt: number): BodyItem[] => [
  stationItem(station, RIVER_STATION),
  { kind: 'observed', raw: stationTime(observedAt, 5) },
];

const stationItem = (station: string, stationClass: number | undefined): BodyItem => ({
  kind: 'station',
  raw: hexBytes(station) ?? new Uint8Array(5),
  stationClass,
});
