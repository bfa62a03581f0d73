import { parseBeijingTime } from './beijing-time.ts';
import type { Segment } from './segment.ts';
import { PRIMARY_FIELDS, VALUE_FIELDS } from './tables.ts';

/** 一个因子的一个数值；单位是设备自己的，换算在网关。 */
export interface FactorValue {
  readonly factor: string;
  /** 后缀：`Rtd`、`Avg`、`Cou`、`ZsRtd`…；厂家不带后缀的编码为空串。 */
  readonly field: string;
  /** 报文里的原名，如 `w00000-Cou`。 */
  readonly name: string;
  readonly value: number;
  /** 纪元毫秒；报文没有可用时刻则 `undefined`。 */
  readonly observedAt: number | undefined;
  /** 数据标记（HJ 212-2017 表 8）：`N` `F` `M` `S` `D` `C` `T` `B`，或现场的其他写法；没有则 `undefined`。 */
  readonly mark: string | undefined;
  /** 此命令下该因子的代表值：2011 取 `Rtd`，2051/2061/2031 取 `Avg`，无则 `Cou`，再无则 `Rtd`。 */
  readonly primary: boolean;
  /** 同一因子同一后缀在一个包里给出不同的值。 */
  readonly conflicting: boolean;
}

interface FactorEntry {
  readonly factor: string;
  mark: string | undefined;
  sampleTime: string | undefined;
  readonly names: string[];
  readonly fields: string[];
  readonly texts: string[];
}

/** 可上传监测数据的命令；其他命令没有数值可取。 */
export const isUpload = (cn: string | undefined): boolean => cn !== undefined && cn in PRIMARY_FIELDS;

/** 上传包（CN 2011、2021、2031、2041、2051、2061）→ 数值。哨兵值与空值不是数值，不出现在结果里。 */
export function factorValues(segment: Segment): FactorValue[] {
  const order = PRIMARY_FIELDS[segment.cn ?? ''];
  if (order === undefined) return [];
  const packet = gather(segment);
  const dataTime = packet.dataTime === undefined ? undefined : parseBeijingTime(packet.dataTime);
  const values: FactorValue[] = [];
  for (const entry of packet.entries.values()) {
    const at = dataTime ?? (entry.sampleTime === undefined ? undefined : parseBeijingTime(entry.sampleTime));
    pushValues(values, entry, { order, observedAt: at, mark: entry.mark ?? packet.mark });
  }
  return values;
}

interface Packet {
  readonly entries: Map<string, FactorEntry>;
  dataTime: string | undefined;
  /** 有的扬尘设备全包只写一个不带因子的 `Flag=N`。 */
  mark: string | undefined;
}

function gather(segment: Segment): Packet {
  const packet: Packet = { entries: new Map(), dataTime: undefined, mark: undefined };
  for (const group of segment.groups) {
    for (const [name, value] of group) {
      const dash = name.lastIndexOf('-');
      if (dash > 0) keepSuffixed(packet, name, dash, value);
      else keepPlain(packet, name, value);
    }
  }
  return packet;
}

function keepSuffixed(packet: Packet, name: string, dash: number, value: string): void {
  const suffix = name.slice(dash + 1);
  const entry = entryOf(packet.entries, name.slice(0, dash));
  const field = VALUE_FIELDS.get(suffix) ?? VALUE_FIELDS.get(suffix.toLowerCase()) ?? suffix;
  if (field === 'Flag') entry.mark ??= value.toUpperCase();
  else if (field === 'SampleTime') entry.sampleTime ??= value;
  else if (field !== 'EFlag') keepText(entry, name, field, value);
}

function keepPlain(packet: Packet, name: string, value: string): void {
  if (name === 'DataTime') packet.dataTime ??= value;
  else if (name === 'Flag') packet.mark ??= value.toUpperCase();
  else if (!PLAIN_NAMES.has(name)) keepText(entryOf(packet.entries, name), name, '', value);
}

const PLAIN_NAMES = new Set([
  'QN',
  'SystemTime',
  'BeginTime',
  'EndTime',
  'RestartTime',
  'PolId',
  'VaseNo',
  'Operation',
]);

function keepText(entry: FactorEntry, name: string, field: string, text: string): void {
  for (let at = 0; at < entry.fields.length; at += 1) {
    if (entry.fields[at] === field && entry.texts[at] === text) return;
  }
  entry.names.push(name);
  entry.fields.push(field);
  entry.texts.push(text);
}

function entryOf(entries: Map<string, FactorEntry>, factor: string): FactorEntry {
  const known = entries.get(factor);
  if (known !== undefined) return known;
  const entry = { factor, mark: undefined, sampleTime: undefined, names: [], fields: [], texts: [] };
  entries.set(factor, entry);
  return entry;
}

function pushValues(
  values: FactorValue[],
  entry: FactorEntry,
  packet: Pick<FactorValue, 'observedAt' | 'mark'> & { readonly order: readonly string[] },
): void {
  const primary = packet.order.find((field) => entry.fields.includes(field));
  for (let at = 0; at < entry.fields.length; at += 1) {
    const value = measuredNumber(entry.texts[at] ?? '');
    if (value === undefined) continue;
    const field = entry.fields[at] ?? '';
    values.push({
      factor: entry.factor,
      field,
      name: entry.names[at] ?? '',
      value,
      observedAt: packet.observedAt,
      mark: packet.mark === '' ? undefined : packet.mark,
      primary: field === primary,
      conflicting: entry.fields.indexOf(field) !== entry.fields.lastIndexOf(field),
    });
  }
}

/** 现场表示“没有值”的数。 */
const SENTINELS: readonly number[] = [9999, 9999.999, -999];

/** 十进制数值；空、`-`、`NaN`、哨兵值、十六进制写法都不是数值。 */
export function measuredNumber(text: string): number | undefined {
  if (text === '' || text.length > 32) return undefined;
  for (let at = 0; at < text.length; at += 1) {
    if (!isNumeric(text.charCodeAt(at))) return undefined;
  }
  const value = Number(text);
  return Number.isFinite(value) && !SENTINELS.includes(value) ? value : undefined;
}

/** 数字、`+ - .`、`E e`。 */
const isNumeric = (code: number): boolean =>
  (code >= 48 && code <= 57) || code === 46 || code === 45 || code === 43 || code === 69 || code === 101;
