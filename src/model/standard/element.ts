import type { Basis } from './basis.ts';

/** 物联感知, 大数据分析, 视频智能识别, 社会感知 (seed art. 8). */
export const SENSING_KINDS = ['iot', 'analytics', 'video', 'social'] as const;
export type SensingKind = (typeof SENSING_KINDS)[number];

export interface ElementState {
  readonly value: number;
  readonly name: string;
}

/** 监测要素: what is measured. Its range and largest credible change serve data quality, never a warning. */
export interface ElementDefinition {
  /** `FLOOD.RAIN_5M`: the scenario's code, a dot, the element's own. */
  readonly code: string;
  readonly name: string;
  /** As in the element register: `mm`, `%LEL`, `degC`, `1` for a pure number. */
  readonly unit: string;
  /** Normal sampling period; 0 means event driven. */
  readonly periodSeconds: number;
  /** Period while a sign is pending or active; absent where the element has no dense mode. */
  readonly densePeriodSeconds?: number;
  /** Physical plausibility [min, max]; null where there is no numeric check. */
  readonly range: readonly [number, number] | null;
  readonly maxChange?: { readonly value: number; readonly perSeconds: number };
  /**
   * 与自身历史不符: a point whose readings are rarer beside its own past than so many decades (3: once in a thousand), after so much
   * learning, is doubted while nothing near by says the same (decision 0037). Absent: nobody asks.
   */
  readonly improbable?: { readonly rarity: number; readonly learnSeconds: number };
  /** What the numbers of an enumerated element mean, e.g. 2 确认. */
  readonly states?: readonly ElementState[];
  readonly sensing: SensingKind;
  /** 关键要素: its loss is reported as such. */
  readonly key: boolean;
  readonly basis: Basis;
}
