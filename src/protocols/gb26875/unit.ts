import { joined } from './bytes.ts';
import { UNIT } from './tables.ts';
import { type FieldCodec, type FieldName, FIELDS, LAYOUTS, type UnitFields } from './unit-fields.ts';

/** 一个信息对象；有哪几项由类型决定，见 `LAYOUTS`。 */
export type UnitObject = Readonly<Partial<UnitFields>>;

/**
 * 应用数据单元（标准 7）：类型标志、对象数目、对象。
 * - `objects`：全部对象都读出来了；`surplus` 是按宽限忽略的多余字节；
 * - `opaque`：标准没有它的组成（预留、用户自定义），或整个单元只有类型一个字节（`count` 为 `undefined`，
 *   现场的注册包），或完全是空的（`type` 为 `undefined`）；
 * - `misfit`：字节数与声明的数目不符，一个对象也不采用。
 */
export type Unit =
  | {
      readonly kind: 'objects';
      readonly type: number;
      readonly objects: readonly UnitObject[];
      readonly surplus: Uint8Array;
    }
  | {
      readonly kind: 'opaque';
      readonly type: number | undefined;
      readonly count: number | undefined;
      readonly body: Uint8Array;
    }
  | {
      readonly kind: 'misfit';
      readonly type: number;
      readonly count: number | undefined;
      readonly body: Uint8Array;
      readonly reason: 'unit-too-short' | 'unit-overlong';
    };

/** 设备档案里明示的宽限。 */
export interface UnitProfile {
  /** `ignore`：对象之后多出的字节忽略。 */
  readonly surplus?: 'refuse' | 'ignore' | undefined;
}

const HEAD_BYTES = 2;
const NOTHING = new Uint8Array(0);
/** 心跳里的装置状态现场常常不带时间（只有一个字节的状态）。 */
const TIMELESS_HEARTBEAT: readonly FieldName[] = ['gatewayState'];

/** 读一个应用数据单元；读不成的给出理由，从不抛错。 */
export function decodeUnit(bytes: Uint8Array, profile: UnitProfile = {}): Unit {
  const [type, count] = bytes;
  if (type === undefined) return { kind: 'opaque', type, count: undefined, body: NOTHING };
  const body = bytes.slice(HEAD_BYTES);
  const layout = LAYOUTS.get(type);
  if (layout === undefined) return { kind: 'opaque', type, count, body };
  if (count === undefined) return { kind: 'misfit', type, count, body, reason: 'unit-too-short' };
  const isTimeless = type === UNIT.gatewayState && body.length === count;
  const { objects, end } = readObjects(isTimeless ? TIMELESS_HEARTBEAT : layout, body, count);
  if (objects === undefined) return { kind: 'misfit', type, count, body, reason: 'unit-too-short' };
  if (end < body.length && profile.surplus !== 'ignore') {
    return { kind: 'misfit', type, count, body, reason: 'unit-overlong' };
  }
  return { kind: 'objects', type, objects, surplus: body.slice(end) };
}

function readObjects(
  layout: readonly FieldName[],
  body: Uint8Array,
  count: number,
): { readonly objects: UnitObject[] | undefined; readonly end: number } {
  const objects: UnitObject[] = [];
  let at = 0;
  for (let read = 0; read < count; read += 1) {
    const object: Partial<UnitFields> = {};
    for (const name of layout) {
      const end = at + sizeAt(FIELDS[name], body, at);
      if (end > body.length) return { objects: undefined, end };
      readField(object, name, body.subarray(at, end));
      at = end;
    }
    objects.push(object);
  }
  return { objects, end: at };
}

const sizeAt = ({ size }: Pick<FieldCodec<unknown>, 'size'>, body: Uint8Array, at: number): number =>
  size === 'counted' ? 1 + (body[at] ?? 0) : size;

function readField<Name extends FieldName>(object: Partial<UnitFields>, name: Name, bytes: Uint8Array): void {
  object[name] = FIELDS[name].read(bytes);
}

/** `decodeUnit` 的逆。对象缺了该类型的某一项抛 `TypeError`（心跳的时间除外）。 */
export function encodeUnit(unit: Unit): Uint8Array {
  if (unit.kind !== 'objects') {
    const head = [unit.type, unit.count].filter((byte) => byte !== undefined);
    return joined([Uint8Array.from(head), unit.body]);
  }
  const { type, objects, surplus } = unit;
  const layout = LAYOUTS.get(type);
  if (layout === undefined) throw new TypeError(`类型 ${type} 没有对象组成`);
  return joined([
    Uint8Array.of(type, objects.length),
    ...objects.flatMap((object) => layout.map((name) => writeField(object, name, type))),
    surplus,
  ]);
}

function writeField<Name extends FieldName>(object: UnitObject, name: Name, type: number): Uint8Array {
  const value: UnitFields[Name] | undefined = object[name];
  if (value !== undefined) return FIELDS[name].write(value);
  if (type === UNIT.gatewayState && name === 'time') return NOTHING;
  throw new TypeError(`类型 ${type} 的对象缺 ${name}`);
}

/** 由对象拼一个应用数据单元的字节。 */
export const unitOf = (type: number, objects: readonly UnitObject[]): Uint8Array =>
  encodeUnit({ kind: 'objects', type, objects, surplus: NOTHING });
