import { i16, littleEndian, u16, u32 } from './bytes.ts';
import { UNIT } from './tables.ts';
import { TIME_TAG_BYTES, type TimeTag } from './time-tag.ts';

/** 信息对象里可能有的项；每个类型有哪几项见 {@link LAYOUTS}。 */
export interface UnitFields {
  /** 系统类型与地址（表 4）。 */
  systemType: number;
  systemAddress: number;
  /** 部件类型（表 5）与地址；地址四个字节，低字节在前。 */
  componentType: number;
  componentAddress: number;
  /** 系统状态、部件状态：两个字节的位；装置状态：一个字节的位。 */
  state: number;
  gatewayState: number;
  /** 31 个字节的部件说明，GB 18030，原样保留：有的厂家在第一个 NUL 之后另放东西。 */
  description: Uint8Array;
  /** 前面带一个字节长度的说明。 */
  text: Uint8Array;
  analogueKind: number;
  /** 有符号；量 = 数值 ÷ 表 6 的除数。 */
  analogueRaw: number;
  operation: number;
  operator: number;
  versionMain: number;
  versionMinor: number;
  time: TimeTag;
  /** 下行：要几条记录，自何时起。 */
  records: number;
  /** 下行：查岗应答的时限（分钟）。 */
  minutes: number;
  reserved: number;
}
export type FieldName = keyof UnitFields;

/** 一项怎么占字节。`size` 为 `counted` 的，第一个字节是后面的字节数。 */
export interface FieldCodec<Value> {
  readonly size: number | 'counted';
  read(bytes: Uint8Array): Value;
  write(value: Value): Uint8Array;
}

const DESCRIPTION_BYTES = 31;

const unsigned = (size: 1 | 2 | 4): FieldCodec<number> => ({
  size,
  read: (bytes) => (size === 1 ? (bytes[0] ?? 0) : size === 2 ? u16(bytes, 0) : u32(bytes, 0)),
  write: (value) => littleEndian(value, size),
});

const raw = (size: number): FieldCodec<Uint8Array> => ({
  size,
  read: (bytes) => bytes.slice(),
  // 短的补 NUL，长的截断。
  write: (value) => {
    const bytes = new Uint8Array(size);
    bytes.set(value.subarray(0, size));
    return bytes;
  },
});

export const FIELDS: { readonly [Name in FieldName]: FieldCodec<UnitFields[Name]> } = {
  systemType: unsigned(1),
  systemAddress: unsigned(1),
  componentType: unsigned(1),
  componentAddress: unsigned(4),
  state: unsigned(2),
  gatewayState: unsigned(1),
  description: raw(DESCRIPTION_BYTES),
  text: {
    size: 'counted',
    read: (bytes) => bytes.slice(1),
    write: (value) => Uint8Array.of(value.length, ...value.subarray(0, 255)),
  },
  analogueKind: unsigned(1),
  analogueRaw: { size: 2, read: (bytes) => i16(bytes, 0), write: (value) => littleEndian(value, 2) },
  operation: unsigned(1),
  operator: unsigned(1),
  versionMain: unsigned(1),
  versionMinor: unsigned(1),
  time: raw(TIME_TAG_BYTES),
  records: unsigned(1),
  minutes: unsigned(1),
  reserved: unsigned(1),
};

const SYSTEM = ['systemType', 'systemAddress'] as const;
const COMPONENT = [...SYSTEM, 'componentType', 'componentAddress'] as const;
const READ_COMPONENT = [...SYSTEM, 'componentAddress'] as const;

/** 各类型信息对象的组成（标准 8.3）。这里没有的类型（预留、用户自定义）只留原字节。 */
export const LAYOUTS: ReadonlyMap<number, readonly FieldName[]> = new Map<number, readonly FieldName[]>([
  [UNIT.systemState, [...SYSTEM, 'state', 'time']],
  [UNIT.componentState, [...COMPONENT, 'state', 'description', 'time']],
  [UNIT.analogue, [...COMPONENT, 'analogueKind', 'analogueRaw', 'time']],
  [UNIT.operation, [...SYSTEM, 'operation', 'operator', 'time']],
  [UNIT.version, [...SYSTEM, 'versionMain', 'versionMinor']],
  [UNIT.systemConfig, [...SYSTEM, 'text']],
  [UNIT.componentConfig, [...COMPONENT, 'description']],
  [UNIT.systemClock, [...SYSTEM, 'time']],
  [UNIT.gatewayState, ['gatewayState', 'time']],
  [UNIT.gatewayOperation, ['operation', 'operator', 'time']],
  [UNIT.gatewayVersion, ['versionMain', 'versionMinor']],
  [UNIT.gatewayConfig, ['text']],
  [UNIT.gatewayClock, ['time']],
  [UNIT.readSystemState, SYSTEM],
  [UNIT.readComponentState, READ_COMPONENT],
  [UNIT.readAnalogue, READ_COMPONENT],
  [UNIT.readOperations, [...SYSTEM, 'records', 'time']],
  [UNIT.readVersion, SYSTEM],
  [UNIT.readSystemConfig, SYSTEM],
  [UNIT.readComponentConfig, READ_COMPONENT],
  [UNIT.readSystemClock, SYSTEM],
  [UNIT.readGatewayState, ['reserved']],
  [UNIT.readGatewayOperations, ['records', 'time']],
  [UNIT.readGatewayVersion, ['reserved']],
  [UNIT.readGatewayConfig, ['reserved']],
  [UNIT.readGatewayClock, ['reserved']],
  [UNIT.initialise, ['reserved']],
  [UNIT.setClock, ['time']],
  [UNIT.checkDuty, ['minutes']],
]);
