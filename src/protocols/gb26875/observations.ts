import { hexOf, littleEndian } from './bytes.ts';
import {
  ANALOGUES,
  type Bit,
  COMPONENT_BITS,
  GATEWAY_BITS,
  GATEWAY_OPERATION_BITS,
  OPERATION_BITS,
  SYSTEM_BITS,
  UNIT,
} from './tables.ts';
import { momentOf } from './time-tag.ts';
import type { Unit, UnitObject } from './unit.ts';

/** 说的是谁：装置自己（`gateway`）、一个系统（`1.2` = 类型.地址）、系统里的一个部件（`42.01000100`）。 */
export interface Place {
  readonly system: string;
  readonly component: string | undefined;
}

/** 一个对象说出的一件事。`value`：状态位与操作位是 0 或 1，模拟量是标准单位的量。 */
export interface Observation {
  readonly kind: 'state' | 'operation' | 'analogue';
  readonly place: Place;
  readonly word: string;
  readonly value: number;
  /** 对象自己的时刻（纪元毫秒）；全零或不是真实的时刻为 `undefined`。 */
  readonly at: number | undefined;
}

export const GATEWAY_PLACE: Place = { system: 'gateway', component: undefined };

/** 部件类型 23：手动火灾报警按钮；21：探测回路。 */
export const MANUAL_CALL_POINT = 23;
export const LOOP = 21;

const systemOf = ({ systemType = 0, systemAddress = 0 }: UnitObject): Place => ({
  system: `${systemType}.${systemAddress}`,
  component: undefined,
});

const componentOf = (object: UnitObject): Place => ({
  ...systemOf(object),
  component: `${object.componentType ?? 0}.${hexOf(littleEndian(object.componentAddress ?? 0, 4))}`,
});

type Read = (object: UnitObject) => readonly Observation[];

/** 类型 → 对象里有哪些可以成为读数的事；版本、配置、时钟没有。 */
const READ: ReadonlyMap<number, Read> = new Map<number, Read>([
  [UNIT.systemState, (object) => bitsOf('state', object, { place: systemOf(object), table: SYSTEM_BITS })],
  [
    UNIT.componentState,
    (object) => bitsOf('state', object, { place: componentOf(object), table: COMPONENT_BITS }),
  ],
  [UNIT.gatewayState, (object) => bitsOf('state', object, { place: GATEWAY_PLACE, table: GATEWAY_BITS })],
  [
    UNIT.operation,
    (object) => bitsOf('operation', object, { place: systemOf(object), table: OPERATION_BITS }),
  ],
  [
    UNIT.gatewayOperation,
    (object) => bitsOf('operation', object, { place: GATEWAY_PLACE, table: GATEWAY_OPERATION_BITS }),
  ],
  [UNIT.analogue, analogueOf],
]);

/** 一个单元说出的事，按对象次序。 */
export function observationsOf(unit: Unit): readonly Observation[] {
  if (unit.kind !== 'objects') return [];
  const read = READ.get(unit.type);
  return read === undefined ? [] : unit.objects.flatMap(read);
}

const momentIn = ({ time }: UnitObject): number | undefined =>
  time === undefined ? undefined : momentOf(time);

function bitsOf(
  kind: 'state' | 'operation',
  object: UnitObject,
  meaning: { readonly place: Place; readonly table: readonly Bit[] },
): readonly Observation[] {
  const { place, table } = meaning;
  const bits = object.state ?? object.gatewayState ?? object.operation ?? 0;
  const at = momentIn(object);
  const prefix = kind === 'operation' ? 'operation:' : '';
  // 高位在前：系统的复位（位 13）先于同一句话里仍在的火警。
  return table
    .map((bit, index) => ({ kind, place, word: `${prefix}${bit.word}`, value: (bits >> index) & 1, at }))
    .toReversed();
}

function analogueOf(object: UnitObject): readonly Observation[] {
  const { analogueKind = 0, analogueRaw = 0 } = object;
  const analogue = ANALOGUES.get(analogueKind);
  return [
    {
      kind: 'analogue',
      place: componentOf(object),
      word: analogue?.word ?? `kind-${analogueKind}`,
      value: analogueRaw / (analogue?.divisor ?? 1),
      at: momentIn(object),
    },
  ];
}
