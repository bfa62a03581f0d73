/** A number, or one that follows from what is set for the object: `parameter × times + plus`. */
export type Limit = number | ParameterLimit;

export interface ParameterLimit {
  /** Code of one of the standard's parameters, e.g. `HAZCHEM.P_DESIGN`. */
  readonly parameter: string;
  readonly times?: number;
  readonly plus?: number;
}

export const STATISTICS = ['sum', 'mean', 'min', 'max', 'count'] as const;
export type Statistic = (typeof STATISTICS)[number];

export const PAST_DIRECTIONS = ['high', 'low'] as const;
/** Which side of a limit is past it: `high` at value ≥ limit, `low` at value < limit. */
export type PastDirection = (typeof PAST_DIRECTIONS)[number];

/** What of a point's readings is compared with a sign's limits. Windows are (t − window, t]; times in seconds. */
export type SignMeasure =
  /** The reading itself, in the element's unit. */
  | { readonly kind: 'value' }
  /** A statistic of the readings in a sliding window; `count` in the unit `1`, the others in the element's. */
  | { readonly kind: 'rolling'; readonly statistic: Statistic; readonly windowSeconds: number }
  /** How much the value has changed over the window, with its sign, in the element's unit. */
  | { readonly kind: 'rate'; readonly windowSeconds: number }
  /** For how long the value has stood past a limit without a break, in s. */
  | { readonly kind: 'duration'; readonly past: Limit; readonly direction: PastDirection }
  /** How far from its mean at the same hour of the week over the past `weeks`; in the element's unit, or in % of it. */
  | { readonly kind: 'deviation'; readonly weeks: number; readonly as: 'absolute' | 'percent' }
  /** In how many s the value crosses a limit if it goes on as over the window. */
  | {
      readonly kind: 'forecast';
      readonly windowSeconds: number;
      readonly past: Limit;
      readonly direction: PastDirection;
    }
  /** How unusual the value is beside its own recent past: deviations from the moving mean, unit `1`. */
  | { readonly kind: 'anomaly'; readonly windowSeconds: number }
  /**
   * 罕见度: how rarely the point's own past has seen the like, in decades of a return period (3: once in a thousand readings), unit
   * `1`; nothing while the detector learns (0032).
   */
  | { readonly kind: 'rarity'; readonly learnSeconds: number }
  /** How many points of the object's element stand past a limit at once, unit `1` (n 点中 k 点). */
  | { readonly kind: 'points'; readonly past: Limit; readonly direction: PastDirection }
  /** For how long nothing has been heard of the point, in s. */
  | { readonly kind: 'silence' }
  /**
   * 火险天气指数: the fire weather index of noon (CFFDRS), unit `1`, from the elements named; of the object itself or of a weather
   * station it is linked to. Rain by the hour.
   */
  | ({ readonly kind: 'fire-weather' } & FireWeatherInputs);

/** Codes of the elements a fire weather index is made of. */
export interface FireWeatherInputs {
  readonly temperature: string;
  readonly humidity: string;
  readonly wind: string;
  readonly rain: string;
}

export const MEASURE_KINDS = [
  'value',
  'rolling',
  'rate',
  'duration',
  'deviation',
  'forecast',
  'anomaly',
  'rarity',
  'points',
  'silence',
  'fire-weather',
] as const satisfies readonly SignMeasure['kind'][];
export type MeasureKind = (typeof MEASURE_KINDS)[number];

/** 体征类型, as lists and forms name it. */
export const MEASURE_TEXT: Readonly<Record<MeasureKind, string>> = {
  value: '实测值',
  rolling: '滑动统计',
  rate: '变化量',
  duration: '持续时长',
  deviation: '偏离常态',
  forecast: '预计越限',
  anomaly: '异常程度',
  rarity: '罕见度',
  points: '越限点数',
  silence: '数据中断',
  'fire-weather': '火险天气指数',
};
