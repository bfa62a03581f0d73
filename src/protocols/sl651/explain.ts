import { hexText } from './bcd.ts';
import { type Body, type BodyItem, parseBody } from './body.ts';
import { explainValue } from './explain-value.ts';
import { codeText, type Frame } from './frame.ts';
import { functionOf, layoutOf, STATION_CLASSES } from './functions.ts';
import { manualText } from './manual-text.ts';
import { readableTime } from './station-clock.ts';

/** 一帧摊开来看：给人和给 JSON 的形状。 */
export interface Explanation {
  readonly direction: 'up' | 'down';
  readonly center: number;
  readonly station: string;
  readonly password: string;
  readonly function: string;
  readonly function_name?: string;
  readonly body_length_declared: number;
  readonly start: 'STX' | 'SYN';
  readonly packets_total?: number;
  readonly packet_no?: number;
  /** 结束符的名字；不是结束符时是那个字节的十六进制。 */
  readonly end: string;
  readonly crc_in_frame: string;
  readonly crc_computed: string;
  readonly crc_ok: boolean;
  readonly length_ok: boolean;
  readonly body?: BodyExplanation;
  /** 结束符与方向不合（标准表 20–23），照收。 */
  readonly end_of_other_direction?: true;
}

export type BodyExplanation = Readonly<Record<string, unknown>>;

/** 功能码的名字；保留区没有。 */
export function functionName(code: number): { readonly function_name?: string } {
  const known = functionOf(code);
  return known === undefined ? {} : { function_name: known.name };
}

/** 正文读出来的内容；读不成返回 `undefined`。多包里第 1 包以后的只有原样字节。 */
export function explainBody(frame: Frame): BodyExplanation | undefined {
  if (frame.packet !== undefined && frame.packet.number > 1) return { packet_bytes: frame.body.length };
  const outcome = parseBody(frame);
  return outcome.kind === 'refused' ? undefined : explainItems(frame, outcome.body);
}

function explainItems(frame: Frame, body: Body): BodyExplanation {
  const layout = layoutOf(frame.code, frame.direction, frame.end === 'ENQ');
  const parameters = PARAMETER_CODES.has(frame.code);
  const stations = body.items.filter(({ kind }) => kind === 'station').length;
  const shown: Record<string, unknown> = { serial: body.serial, sent_at: readableTime(body.sentAt) };
  if (layout === 'version') shown['body_consumed'] = true;
  const values: object[] = [];
  const place: Place = { station: undefined, observed: undefined };
  for (const item of body.items) {
    movePlace(place, item);
    const value = explainValue(item, parameters);
    if (value !== undefined) values.push({ ...value, ...placeOf(place, stations, parameters) });
    else for (const [key, content] of Object.entries(explainWhole(item))) shown[key] ??= content;
  }
  if (values.length > 0) shown[parameters ? 'parameters' : 'elements'] = values;
  return shown;
}

/** 这些功能码的标识符是配置参数（附录 D），不是要素（6.6.3.2）。 */
const PARAMETER_CODES: ReadonlySet<number> = new Set([0x40, 0x41, 0x42, 0x43, 0x47, 0x48, 0x49]);

interface Place {
  station: string | undefined;
  observed: string | undefined;
}

function movePlace(place: Place, item: BodyItem): void {
  if (item.kind === 'station') {
    place.station = stationText(item.raw);
    place.observed = undefined;
  } else if (item.kind === 'observed') place.observed = readableTime(item.raw);
}

/** 只有一个站时不逐项重复站址。 */
function placeOf({ station, observed }: Place, stations: number, parameters: boolean): object {
  return {
    ...(observed === undefined || parameters ? {} : { observed_at: observed }),
    ...(stations > 1 && station !== undefined ? { station } : {}),
  };
}

const stationText = (raw: Uint8Array): string => hexText(raw).toLowerCase();

type Whole = Exclude<BodyItem, { readonly id: string }>;
type Shown = Readonly<Record<string, unknown>>;

/** 不是要素的各组。 */
function explainWhole(item: BodyItem): Shown {
  if ('id' in item) return {};
  if (item.kind === 'station' && item.stationClass !== undefined) {
    const named = STATION_CLASSES.get(item.stationClass);
    const shown = { ...WHOLES.station(item.raw), station_class: codeText(item.stationClass) };
    return named === undefined ? shown : { ...shown, station_class_name: named };
  }
  return WHOLES[item.kind](item.raw);
}

const WHOLES: Readonly<Record<Whole['kind'], (raw: Uint8Array) => Shown>> = {
  station: (raw) => ({ station_in_body: stationText(raw) }),
  observed: (raw) => ({ observed_at: readableTime(raw) }),
  manual: (raw) => ({ manual_text: manualText(raw) }),
  picture: (raw) => ({
    picture_bytes: raw.length,
    picture_starts: hexText(raw.subarray(0, 4)).toLowerCase(),
  }),
  version: (raw) => ({ version_text: manualText(raw.subarray(1)) }),
  events: (raw) => ({ event_counts: counts(raw) }),
  period: (raw) => ({ begin: hexText(raw.subarray(0, 4)), end: hexText(raw.subarray(4)) }),
  flow: (raw) => ({ flow_hex: hexText(raw) }),
  switches: (raw) => ({ switches_hex: hexText(raw) }),
  rest: (raw) => ({ rest_hex: hexText(raw) }),
};

function counts(raw: Uint8Array): number[] {
  return Array.from(
    { length: raw.length >> 1 },
    (_, at) => ((raw[at * 2] ?? 0) << 8) | (raw[at * 2 + 1] ?? 0),
  );
}
