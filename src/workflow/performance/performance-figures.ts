import type { FigureVerdict } from '#model/warning';

const SLOT_MS = 600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const TEN = 10;

/** What a desk had to bear in a stretch of time, counted from rows. Times in ms. */
export interface LoadCounts {
  /** How much of the stretch has passed. */
  readonly spanMs: number;
  /** Warnings that came to the desk: what people are called by. */
  readonly warnings: number;
  /** Of slots of ten minutes: how many had more than ten, and the most in one. */
  readonly slotsOver: number;
  readonly slotPeak: number;
  /** How long the desk was in flood mode. */
  readonly floodMs: number;
  /** Warnings by the highest level each came to, blue first. */
  readonly byLevel: readonly number[];
  readonly ackMedianMs: number | null;
  readonly ackP95Ms: number | null;
  /** Warnings somebody has judged, and those of them that were false. */
  readonly judged: number;
  readonly falseAlarms: number;
  /** Alarms at points, and how many of them came from the ten worst actors. */
  readonly alarms: number;
  readonly topTen: number;
  /** Signs at points that raised them. */
  readonly actors: number;
  /** Signs at points that chattered, and that stood for longer than a day. */
  readonly chattering: number;
  readonly stale: number;
}

export const FIGURE_KEYS = [
  'per-slot',
  'per-hour',
  'peak',
  'slots-over',
  'in-flood',
  'top-ten',
  'chattering',
  'stale',
  'blue',
  'yellow',
  'severe',
  'ack-median',
  'ack-p95',
  'false-alarms',
] as const;
export type FigureKey = (typeof FIGURE_KEYS)[number];

export type FigureUnit = 'count' | 'share' | 'ms';

/** A figure beside its target; `value` is null where there was nothing to count. */
export interface PerformanceFigure {
  readonly key: FigureKey;
  readonly name: string;
  readonly unit: FigureUnit;
  readonly value: number | null;
  readonly target: string;
  readonly source: string;
  /** Null where there is nothing to judge, or no target to judge by. */
  readonly verdict: FigureVerdict | null;
}

interface FigureRule extends Pick<PerformanceFigure, 'key' | 'name' | 'unit' | 'target' | 'source'> {
  readonly of: (counts: LoadCounts) => number | null;
  /** Up to `met` it keeps its target, up to `manageable` it can be borne; a rule without any bound is only told. */
  readonly most?: { readonly met: number; readonly manageable?: number };
  readonly least?: number;
  readonly below?: number;
}

const LOAD = 'EEMUA 191、ISA-18.2-2009 通行数值（标准原文未核）';
const SHARE = 'EEMUA 191 三级 80/15/5；四级时橙、红合为 5%（约定）';
const NO_TARGET = '标准未定数值，只列不判';

/** 指标与目标：读这一张表就知道算什么、目标多少、凭什么。 */
const RULES: readonly FigureRule[] = [
  {
    key: 'per-slot',
    name: '每 10 分钟预警',
    unit: 'count',
    target: '≤ 1，最多可承受 2',
    source: LOAD,
    of: ({ warnings, spanMs }) => per(warnings, spanMs / SLOT_MS),
    most: { met: 1, manageable: 2 },
  },
  {
    key: 'per-hour',
    name: '每小时预警',
    unit: 'count',
    target: '≤ 6，最多可承受 12',
    source: LOAD,
    of: ({ warnings, spanMs }) => per(warnings, spanMs / HOUR_MS),
    most: { met: 6, manageable: 12 },
  },
  {
    key: 'peak',
    name: '最多的 10 分钟',
    unit: 'count',
    target: '≤ 10',
    source: LOAD,
    of: ({ slotPeak }) => slotPeak,
    most: { met: 10 },
  },
  {
    key: 'slots-over',
    name: '超过 10 条的 10 分钟占比',
    unit: 'share',
    target: '≤ 1%',
    source: LOAD,
    of: ({ slotsOver, spanMs }) => per(slotsOver, spanMs / SLOT_MS),
    most: { met: 0.01 },
  },
  {
    key: 'in-flood',
    name: '洪峰时间占比',
    unit: 'share',
    target: '≤ 1%',
    source: LOAD,
    of: ({ floodMs, spanMs }) => per(floodMs, spanMs),
    most: { met: 0.01 },
  },
  {
    key: 'top-ten',
    name: '前十位占报警的比例',
    unit: 'share',
    target: '≤ 5%',
    source: LOAD,
    // Where there are no more than ten, their share says nothing.
    of: ({ topTen, alarms, actors }) => (actors > TEN ? per(topTen, alarms) : null),
    most: { met: 0.05 },
  },
  {
    key: 'chattering',
    name: '抖动的测点体征',
    unit: 'count',
    target: '0',
    source: LOAD,
    of: ({ chattering }) => chattering,
    most: { met: 0 },
  },
  {
    key: 'stale',
    name: '常驻的测点体征（折合每日）',
    unit: 'count',
    target: '每日 < 5',
    source: LOAD,
    of: ({ stale, spanMs }) => per(stale, Math.max(1, spanMs / DAY_MS)),
    below: 5,
  },
  {
    key: 'blue',
    name: '蓝色占比',
    unit: 'share',
    target: '约 80%',
    source: SHARE,
    of: ({ byLevel: [blue = 0], warnings }) => per(blue, warnings),
    least: 0.8,
  },
  {
    key: 'yellow',
    name: '黄色占比',
    unit: 'share',
    target: '约 15%',
    source: SHARE,
    of: ({ byLevel: [, yellow = 0], warnings }) => per(yellow, warnings),
    most: { met: 0.15 },
  },
  {
    key: 'severe',
    name: '橙色、红色占比',
    unit: 'share',
    target: '约 5%',
    source: SHARE,
    of: ({ byLevel: [, , orange = 0, red = 0], warnings }) => per(orange + red, warnings),
    most: { met: 0.05 },
  },
  {
    key: 'ack-median',
    name: '签收用时中位数',
    unit: 'ms',
    target: '—',
    source: NO_TARGET,
    of: ({ ackMedianMs }) => ackMedianMs,
  },
  {
    key: 'ack-p95',
    name: '签收用时 95% 分位',
    unit: 'ms',
    target: '—',
    source: NO_TARGET,
    of: ({ ackP95Ms }) => ackP95Ms,
  },
  {
    key: 'false-alarms',
    name: '误报率',
    unit: 'share',
    target: '≤ 10%',
    source: '指标 A7：误报 / 已判定（约定值）',
    of: ({ falseAlarms, judged }) => per(falseAlarms, judged),
    most: { met: 0.1 },
  },
];

/** The figures of a desk beside their targets, in the order in which they are read. */
export function performanceFigures(counts: LoadCounts): readonly PerformanceFigure[] {
  return RULES.map((rule) => {
    const { key, name, unit, target, source } = rule;
    const value = rule.of(counts);
    return {
      key,
      name,
      unit,
      value,
      target,
      source,
      verdict: value === null ? null : verdictOf(rule, value),
    };
  });
}

function verdictOf({ most, least, below }: FigureRule, value: number): FigureVerdict | null {
  if (below !== undefined) return value < below ? 'met' : 'missed';
  if (least !== undefined) return value >= least ? 'met' : 'missed';
  if (!most) return null;
  if (value <= most.met) return 'met';
  return value <= (most.manageable ?? most.met) ? 'manageable' : 'missed';
}

/** Null where there is nothing to divide by. */
function per(count: number, by: number): number | null {
  return by <= 0 ? null : count / by;
}
