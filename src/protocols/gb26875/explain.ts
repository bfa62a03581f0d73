import { fromHex, hexOf, littleEndian, u48 } from './bytes.ts';
import { readDescription } from './description.ts';
import type { Frame } from './frame.ts';
import {
  ANALOGUES,
  type Bit,
  commandName,
  COMPONENT_BITS,
  GATEWAY_BITS,
  GATEWAY_OPERATION_BITS,
  OPERATION_BITS,
  SYSTEM_BITS,
  UNIT,
  unitName,
} from './tables.ts';
import { tagText } from './time-tag.ts';
import { componentTypeName, systemTypeName } from './type-names.ts';
import { encodeUnit, type Unit, type UnitObject } from './unit.ts';
import { type FieldName, LAYOUTS } from './unit-fields.ts';

/** 摊开来给人和给 JSON 看的形状；名为 `*_name` 的是标准里的叫法，没有的为 `null`。 */
type Explanation = Readonly<Record<string, unknown>>;

/** 控制单元摊开来看。 */
export function explainHead(frame: Frame, unitLength: number): Explanation {
  return {
    serial: frame.serial,
    version_main: frame.versionMain,
    version_user: frame.versionUser,
    sent_at: tagText(frame.sentAt),
    time_bytes: hexOf(frame.sentAt),
    source: u48(fromHex(frame.source), 0),
    source_bytes: frame.source,
    target: u48(fromHex(frame.target), 0),
    target_bytes: frame.target,
    app_length: unitLength,
    command: frame.command,
    command_name: commandName(frame.command),
  };
}

const MISFIT_NOTE = 'object bytes do not fit the standard size for this type';

/** 应用数据单元摊开来看；空的为 `null`。 */
export function explainUnit(unit: Unit): Explanation | null {
  if (unit.type === undefined) return null;
  const head = { type: unit.type, type_name: unitName(unit.type) };
  if (unit.kind === 'objects') {
    const { type, objects, surplus } = unit;
    return {
      ...head,
      objects_declared: objects.length,
      ...(type >= UNIT.readSystemState ? { raw: downHex(unit) } : {}),
      ...(isTimeless(unit) ? { raw: timelessHex(objects), note: MISFIT_NOTE } : {}),
      objects: objects.map((object) => explainObject(type, object)),
      ...(surplus.length > 0 ? { surplus: hexOf(surplus) } : {}),
    };
  }
  if (unit.count === undefined) {
    return { ...head, note: 'no object count byte: not the standard layout' };
  }
  const raw = { ...head, objects_declared: unit.count, raw: hexOf(unit.body) };
  return unit.kind === 'misfit' ? { ...raw, note: MISFIT_NOTE } : raw;
}

type Objects = Extract<Unit, { kind: 'objects' }>;

const isTimeless = ({ type, objects }: Objects): boolean =>
  type === UNIT.gatewayState && objects.some(({ time }) => time === undefined);

const timelessHex = (objects: readonly UnitObject[]): string =>
  hexOf(Uint8Array.from(objects, ({ gatewayState = 0 }) => gatewayState));

function downHex(unit: Objects): string {
  return hexOf(encodeUnit(unit).subarray(2));
}

function explainObject(type: number, object: UnitObject): Explanation {
  const names = LAYOUTS.get(type) ?? [];
  return Object.assign({}, ...names.map((name) => explainField(type, object, name))) as Explanation;
}

type Explain = (object: UnitObject, type: number) => Explanation;

const EXPLAIN: Readonly<Record<FieldName, Explain>> = {
  systemType: ({ systemType = 0 }) => ({
    system_type: systemType,
    system_type_name: systemTypeName(systemType),
  }),
  systemAddress: ({ systemAddress }) => ({ system_address: systemAddress }),
  componentType: ({ componentType = 0 }) => ({
    component_type: componentType,
    component_type_name: componentTypeName(componentType),
  }),
  componentAddress: ({ componentAddress = 0 }) => ({
    component_address: componentAddress,
    component_address_bytes: hexOf(littleEndian(componentAddress, 4)),
  }),
  state: ({ state = 0 }, type) => ({
    status: state,
    status_bits: bitNames(state, type === UNIT.systemState ? SYSTEM_BITS : COMPONENT_BITS),
  }),
  gatewayState: ({ gatewayState = 0 }) => ({
    status: gatewayState,
    status_bits: bitNames(gatewayState, GATEWAY_BITS),
  }),
  description: ({ description }, type) => explainDescription(description, type),
  text: ({ text }) => ({ text: textOf(text) }),
  analogueKind: ({ analogueKind = 0 }) => ({
    analog_type: analogueKind,
    analog_name: ANALOGUES.get(analogueKind)?.name ?? null,
  }),
  analogueRaw: ({ analogueKind = 0, analogueRaw = 0 }) => {
    const analogue = ANALOGUES.get(analogueKind);
    return {
      analog_raw: analogueRaw,
      ...(analogue ? { value: analogueRaw / analogue.divisor, unit: analogue.unit } : {}),
    };
  },
  operation: ({ operation = 0 }, type) => ({
    operation,
    operation_bits: bitNames(operation, type === UNIT.operation ? OPERATION_BITS : GATEWAY_OPERATION_BITS),
  }),
  operator: ({ operator }) => ({ operator }),
  versionMain: ({ versionMain }) => ({ version_main: versionMain }),
  versionMinor: ({ versionMinor }) => ({ version_minor: versionMinor }),
  time: ({ time }) => ({ time: time === undefined ? null : tagText(time) }),
  records: ({ records }) => ({ records }),
  minutes: ({ minutes }) => ({ minutes }),
  reserved: () => ({}),
};

const explainField = (type: number, object: UnitObject, name: FieldName): Explanation =>
  EXPLAIN[name](object, type);

/** 置位的各位的叫法，低位在前；标准没有定义的写作 `bit9`。 */
function bitNames(value: number, table: readonly Bit[]): string[] {
  const names: string[] = [];
  for (let bit = 0; bit < 16; bit += 1) {
    if ((value & (1 << bit)) !== 0) names.push(table[bit]?.name ?? `bit${bit}`);
  }
  return names;
}

function explainDescription(bytes: Uint8Array | undefined, type: number): Explanation {
  if (bytes === undefined) return {};
  const { text, hasMore } = readDescription(bytes);
  if (type === UNIT.componentConfig) return { text };
  return {
    description: text,
    description_bytes: hexOf(bytes),
    ...(hasMore
      ? { description_note: 'bytes after the first NUL are not all NUL (vendor packs more there)' }
      : {}),
  };
}

const textOf = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? '' : readDescription(bytes).text;
