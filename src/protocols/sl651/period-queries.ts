import { ELEMENTS, seriesShape, STATION_STATE, TIME_STEP } from './elements.ts';
import type { StationCommand } from './commands.ts';
import type { TimeStep } from './value.ts';

export type PeriodQuery = Extract<StationCommand, { kind: 'query-period' }>;

const HOUR_MS = 3_600_000;

interface Period {
  readonly step: TimeStep;
  /** 与步长匹配的时段降水量（表 44：对于降水量，取与时间步长匹配的要素标识符）。 */
  readonly rain: string;
}

const PERIODS: Readonly<Record<'minute' | 'hour' | 'day', Period>> = {
  minute: { step: { days: 0, hours: 0, minutes: 5 }, rain: '22' },
  hour: { step: { days: 0, hours: 1, minutes: 0 }, rain: '1A' },
  day: { step: { days: 1, hours: 0, minutes: 0 }, rain: '1F' },
};

/** 时段降水量，各有自己的步长。 */
const RAIN_OF_PERIODS: ReadonlySet<string> = new Set([
  '1A',
  '1B',
  '1C',
  '1D',
  '1E',
  '1F',
  '21',
  '22',
  '23',
  '24',
]);
/** 不是观测量。 */
const NOT_ASKED: ReadonlySet<string> = new Set([TIME_STEP, '05', '0A', '0B', STATION_STATE]);
/** 步长码全零与 1 小时组合数据固定搭配（表 C.1 注 g）。 */
const SERIES_STEP: TimeStep = { days: 0, hours: 0, minutes: 0 };

/**
 * 补招：绑定的因子里能按这个步长问的，一个要素一条命令（表 44 注 2）。起止放宽到整点。
 * 厂家扩展与保留区的要素不知道数据定义，问不了；状态字的各位与别的步长的时段降水量不问。
 */
export function periodQueries(
  factors: readonly string[],
  span: { readonly from: number; readonly to: number; readonly period: 'minute' | 'hour' | 'day' },
): PeriodQuery[] {
  const { step, rain } = PERIODS[span.period];
  const begin = Math.floor(span.from / HOUR_MS) * HOUR_MS;
  const end = Math.ceil(span.to / HOUR_MS) * HOUR_MS;
  return factors.flatMap((factor): PeriodQuery[] => {
    const id = factor.toUpperCase();
    const element = ELEMENTS.get(id);
    if (element === undefined || NOT_ASKED.has(id)) return [];
    const series = seriesShape(id) !== undefined;
    if (series ? span.period !== 'minute' : RAIN_OF_PERIODS.has(id) && id !== rain) return [];
    const identifier = { id, definition: element.definition };
    return [{ kind: 'query-period', begin, end, step: series ? SERIES_STEP : step, element: identifier }];
  });
}
