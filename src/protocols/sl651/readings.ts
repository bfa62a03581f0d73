import { type Body, type BodyItem, definedBytes, definedDecimals } from './body.ts';
import { SERIES_STEP_MS, seriesShape, STATE_BITS, STATION_STATE, TIME_STEP } from './elements.ts';
import type { Frame } from './frame.ts';
import { functionOf } from './functions.ts';
import { parseStationTime } from './station-clock.ts';
import { hexText } from './bcd.ts';
import { measuredNumber, parseTimeStep, seriesUnits, stateBit, timeStepMs } from './value.ts';

/** 报文里的一个观测值。 */
export interface StationValue {
  /** 它所属的遥测站，10 位小写十六进制；一份报文里可以有几个站（6.6.2.7）。 */
  readonly station: string;
  /** 因子：标识符的大写十六进制；状态字的第 n 位是 `45.n`，取 0、1。 */
  readonly factor: string;
  /** 以要素的单位计（附录 C）。 */
  readonly value: number;
  /** 纪元毫秒；观测时间不成立或没有编为 `undefined`。 */
  readonly observedAt: number | undefined;
}

interface Moment {
  station: string;
  at: number | undefined;
  stepMs: number | undefined;
}

/**
 * 一份上行报文里的全部观测值，按报文次序。测试报、下行与不带要素的报文没有；缺测、填充、哨兵值不出现。
 * 时刻：瞬时值与时段值是观测时间组的时间，组合数据与均匀时段从该时间起按步长排（6.6.2.8）。
 */
export function stationValues(
  frame: Pick<Frame, 'direction' | 'code' | 'station'>,
  body: Body,
): StationValue[] {
  const values: StationValue[] = [];
  const observed = functionOf(frame.code)?.observed ?? 'never';
  if (frame.direction === 'down' || observed === 'never') return values;
  const sentAt = observed === 'sent' ? parseStationTime(body.sentAt) : undefined;
  const moment: Moment = { station: frame.station, at: sentAt, stepMs: undefined };
  for (const item of body.items) {
    if (item.kind === 'station') {
      moment.station = hexText(item.raw).toLowerCase();
      moment.at = sentAt;
    } else if (item.kind === 'observed') moment.at = parseStationTime(item.raw);
    else if (item.kind === 'value' || item.kind === 'uniform') pushItem(values, moment, item);
  }
  return values;
}

type Measured = Extract<BodyItem, { kind: 'value' | 'uniform' }>;

function pushItem(values: StationValue[], moment: Moment, item: Measured): void {
  const { id, raw } = item;
  const shape = seriesShape(id);
  if (id === TIME_STEP) {
    const step = parseTimeStep(raw);
    moment.stepMs = step === undefined ? undefined : timeStepMs(step);
  } else if (id === STATION_STATE) {
    for (let bit = 0; bit < STATE_BITS.length; bit += 1) {
      push(values, moment, { factor: `${id}.${bit}`, value: stateBit(raw, bit), after: 0 });
    }
  } else if (shape !== undefined) {
    for (const [at, unit] of seriesUnits(raw, shape.width).entries()) {
      const value = unit === undefined ? undefined : unit / shape.perUnit;
      push(values, moment, { factor: id, value, after: at * SERIES_STEP_MS });
    }
  } else if (item.kind === 'value') {
    push(values, moment, {
      factor: id,
      value: measuredNumber(raw, definedDecimals(item.definition)),
      after: 0,
    });
  } else pushUniform(values, moment, item);
}

/** 没有步长码就不知道后面各组是什么时刻：只有第一组有时刻。 */
function pushUniform(values: StationValue[], moment: Moment, { id, definition, raw }: Measured): void {
  const width = definedBytes(definition);
  for (let at = 0; at * width < raw.length; at += 1) {
    const value = measuredNumber(raw.subarray(at * width, (at + 1) * width), definedDecimals(definition));
    push(values, moment, { factor: id, value, after: at === 0 ? 0 : at * (moment.stepMs ?? Number.NaN) });
  }
}

interface Given {
  readonly factor: string;
  readonly value: number | undefined;
  readonly after: number;
}

function push(values: StationValue[], { station, at }: Moment, { factor, value, after }: Given): void {
  if (value === undefined) return;
  const observedAt = at === undefined || Number.isNaN(after) ? undefined : at + after;
  values.push({ station, factor, value, observedAt });
}
