import { codeText, type Frame } from './frame.ts';
import { functionOf, layoutOf } from './functions.ts';
import type { RefusalReason } from './text.ts';

/** 数据定义字节：高 5 位字节数，低 3 位小数位（表 26）。 */
export const definedBytes = (definition: number): number => definition >> 3;
export const definedDecimals = (definition: number): number => definition & 7;

/** 正文里的一组。`id` 是标识符引导符的大写十六进制，厂家扩展为 `FFxx`；`raw` 是原样字节。 */
export type BodyItem =
  | { readonly kind: 'station'; readonly raw: Uint8Array; readonly stationClass: number | undefined }
  | { readonly kind: 'observed'; readonly raw: Uint8Array }
  /** 要素（或参数）与它的数据。 */
  | { readonly kind: 'value'; readonly id: string; readonly definition: number; readonly raw: Uint8Array }
  /** 均匀时段：标识符一次，等长的数据若干组（6.6.4.4 d）。 */
  | { readonly kind: 'uniform'; readonly id: string; readonly definition: number; readonly raw: Uint8Array }
  /** 只有标识符：要查询的要素或参数。 */
  | { readonly kind: 'identifier'; readonly id: string; readonly definition: number }
  /** 查询时段的起止，各 4 字节 YYMMDDHH（表 44）。 */
  | { readonly kind: 'period'; readonly raw: Uint8Array }
  /** 到正文末尾为止、自有结构的内容。 */
  | { readonly kind: Rest; readonly raw: Uint8Array };

/** 人工置数、图片、流速批量、软件版本（含长度字节）、事件次数、开关状态、没有规定的。 */
export type Rest = 'manual' | 'picture' | 'flow' | 'version' | 'events' | 'switches' | 'rest';

/** 一份报文的正文。 */
export interface Body {
  readonly serial: number;
  /** 发报时间，6 字节 BCD，原样。 */
  readonly sentAt: Uint8Array;
  readonly items: readonly BodyItem[];
}

export type BodyOutcome =
  | { readonly kind: 'body'; readonly body: Body }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

const TIMES_BYTES = 8;

/** 读一份完整的正文（多包的先拼好）。不符合功能码规定的结构即拒收。 */
export function parseBody(frame: Pick<Frame, 'direction' | 'code' | 'end' | 'body'>): BodyOutcome {
  const { body: bytes, code } = frame;
  if (bytes.length < TIMES_BYTES) return { kind: 'refused', reason: 'short-body' };
  const layout = layoutOf(code, frame.direction, frame.end === 'ENQ');
  const reader = new BodyReader(bytes, TIMES_BYTES, functionOf(code)?.classed ?? false);
  const items = LAYOUTS[layout](reader);
  if (items === undefined || reader.overran) return { kind: 'refused', reason: 'bad-element' };
  const serial = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  return { kind: 'body', body: { serial, sentAt: bytes.slice(2, TIMES_BYTES), items } };
}

/** `parseBody` 的逆。 */
export function encodeBody({ serial, sentAt, items }: Body): Uint8Array {
  const bytes = [serial >> 8, serial & 0xff, ...sentAt];
  for (const item of items) for (const byte of itemBytes(item)) bytes.push(byte);
  return Uint8Array.from(bytes);
}

/** 各组的引导符；没有的组原样。 */
const MARKS: Readonly<Partial<Record<BodyItem['kind'], readonly [number, number]>>> = {
  station: [0xf1, 0xf1],
  observed: [0xf0, 0xf0],
  manual: [0xf2, 0xf2],
  picture: [0xf3, 0xf3],
  flow: [0xfd, 0xf6],
};

function itemBytes(item: BodyItem): Iterable<number> {
  if ('id' in item) return [...idBytes(item.id), item.definition, ...('raw' in item ? item.raw : [])];
  const stationClass = item.kind === 'station' ? item.stationClass : undefined;
  return [...(MARKS[item.kind] ?? []), ...item.raw, ...(stationClass === undefined ? [] : [stationClass])];
}

/** `FF01` → FF 01。 */
function idBytes(id: string): number[] {
  const number = Number.parseInt(id, 16);
  return id.length > 2 ? [number >> 8, number & 0xff] : [number];
}

class BodyReader {
  readonly #bytes: Uint8Array;
  readonly #classed: boolean;
  #at: number;
  /** 有一项的长度超出了正文。 */
  overran = false;

  constructor(bytes: Uint8Array, at: number, classed: boolean) {
    this.#bytes = bytes;
    this.#at = at;
    this.#classed = classed;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  is(kind: BodyItem['kind']): boolean {
    const mark = MARKS[kind];
    return this.#bytes[this.#at] === mark?.[0] && this.#bytes[this.#at + 1] === mark?.[1];
  }

  take(count: number): Uint8Array {
    if (count > this.left) this.overran = true;
    const taken = this.#bytes.slice(this.#at, this.#at + count);
    this.#at += taken.length;
    return taken;
  }

  rest(): Uint8Array {
    return this.take(this.left);
  }

  /** 标识符引导符与数据定义。 */
  identifier(): { readonly id: string; readonly definition: number } {
    const [first = 0] = this.take(1);
    const id = first === 0xff ? `FF${codeText(this.take(1)[0] ?? 0)}` : codeText(first);
    const [definition = 0] = this.take(1);
    return { id, definition };
  }

  station(): BodyItem {
    this.take(2);
    const raw = this.take(5);
    // 分类码可以自定义（附录 A）；紧跟着观测时间就是没有编。
    const hasClass = this.#classed && this.left > 0 && !this.is('observed');
    const stationClass = hasClass ? this.take(1)[0] : undefined;
    return { kind: 'station', raw, stationClass };
  }

  observed(): BodyItem {
    this.take(2);
    return { kind: 'observed', raw: this.take(5) };
  }
}

type Items = readonly BodyItem[] | undefined;

const LAYOUTS: Readonly<Record<ReturnType<typeof layoutOf>, (reader: BodyReader) => Items>> = {
  // 确认帧之后多出来的字节照留，不猜。
  none: (reader) => restOf(reader, 'rest'),
  elements: readElements,
  uniform: readUniform,
  parameters: readElements,
  address: (reader) => [...readStation(reader), ...restOf(reader, 'rest')],
  text: readElements,
  version: (reader) => [...readStation(reader), ...restOf(reader, 'version')],
  events: (reader) => [...readStation(reader), ...restOf(reader, 'events')],
  period: readPeriod,
  identifiers: readIdentifiers,
  switches: (reader) => [...readStation(reader), ...restOf(reader, 'switches')],
  any: readAny,
};

const restOf = (reader: BodyReader, kind: Rest): BodyItem[] =>
  reader.left > 0 ? [{ kind, raw: reader.rest() }] : [];

const readStation = (reader: BodyReader): BodyItem[] => (reader.is('station') ? [reader.station()] : []);

/** 到末尾为止的引导符：长度无法用数据定义写出，定义字节固定（表 C.1 注 c、d、f）。 */
const TO_THE_END = ['manual', 'picture', 'flow'] as const;

function readItem(reader: BodyReader): BodyItem {
  if (reader.is('station')) return reader.station();
  if (reader.is('observed')) return reader.observed();
  for (const kind of TO_THE_END) {
    if (!reader.is(kind)) continue;
    reader.take(2);
    return { kind, raw: reader.rest() };
  }
  const { id, definition } = reader.identifier();
  return { kind: 'value', id, definition, raw: reader.take(definedBytes(definition)) };
}

function readElements(reader: BodyReader): BodyItem[] {
  const items: BodyItem[] = [];
  while (reader.left > 0) items.push(readItem(reader));
  return items;
}

/** 时间步长码之后的第一个要素是均匀时段的要素，它的各组数据一直到末尾。 */
function readUniform(reader: BodyReader): Items {
  const items: BodyItem[] = [];
  let stepped = false;
  while (reader.left > 0 && !stepped) {
    const item = readItem(reader);
    items.push(item);
    stepped = item.kind === 'value' && item.id === '04';
  }
  if (reader.left === 0) return items;
  const { id, definition } = reader.identifier();
  const width = definedBytes(definition);
  if (width === 0 || reader.left % width !== 0) return undefined;
  return [...items, { kind: 'uniform', id, definition, raw: reader.rest() }];
}

/** 只有标识符，没有数据；时间步长码例外（表 44）。 */
function readIdentifiers(reader: BodyReader): BodyItem[] {
  const items = readStation(reader);
  while (reader.left > 0) {
    const { id, definition } = reader.identifier();
    if (id === '04' && definition === 0x18)
      items.push({ kind: 'value', id, definition, raw: reader.take(3) });
    else items.push({ kind: 'identifier', id, definition });
  }
  return items;
}

function readPeriod(reader: BodyReader): BodyItem[] {
  const raw = reader.take(8);
  return [{ kind: 'period', raw }, ...readIdentifiers(reader)];
}

/** 厂家的报文：按要素读得通就是要素，读不通就原样留着。 */
function readAny(reader: BodyReader): BodyItem[] {
  const whole = reader.rest();
  const trial = new BodyReader(whole, 0, true);
  const items = readElements(trial);
  return trial.overran ? [{ kind: 'rest', raw: whole }] : items;
}
