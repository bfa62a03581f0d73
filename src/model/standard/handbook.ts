import type { Basis } from './basis.ts';
import type { HandbookRole } from './handbook-role.ts';
import type { SignLevel } from './sign.ts';
import type { LimitClassCode, LimitOverrides } from './time-limit.ts';

/** 小, 中, 大闭环: one unit, one industry, several departments. */
export const LOOPS = ['small', 'medium', 'large'] as const;
export type Loop = (typeof LOOPS)[number];

/** 处置类型 with its Chinese name, D01–D13 of the catalog. */
export const DISPOSAL_TYPES = {
  VERIFY: '核查确认',
  ON_SITE_DISPOSAL: '现场处置',
  EQUIPMENT_REPAIR: '设备维修',
  EMERGENCY_REPAIR: '工程抢修',
  ACCESS_CONTROL: '管控封控',
  EVACUATION: '人员疏散转移',
  STOP_OPERATION: '停产停工停用',
  OPERATIONAL_DISPATCH: '调度运行',
  ENFORCEMENT: '联合执法整改',
  EXPERT_CONSULTATION: '会商研判',
  PUBLIC_WARNING: '预警发布',
  EMERGENCY_RESPONSE: '应急响应',
  WATCH: '持续观察',
} as const;
export type DisposalType = keyof typeof DISPOSAL_TYPES;

/** What a step must leave behind. */
export const STEP_EVIDENCE = ['none', 'photo', 'reading', 'text', 'location'] as const;
export type StepEvidence = (typeof STEP_EVIDENCE)[number];

/** `unit` in words; the unit of the object at hand is found by ownership, then territory, then roster. */
export interface RoleInUnit {
  readonly role: HandbookRole;
  readonly unit: string;
}

export interface HandbookStep {
  readonly code: string;
  readonly text: string;
  readonly evidence: StepEvidence;
  readonly required: boolean;
}

/** 指挥手册 entry for one item at one level; frozen into the work order when it opens. */
export interface HandbookEntry {
  readonly item: string;
  readonly level: SignLevel;
  readonly loop: Loop;
  readonly disposalTypes: readonly DisposalType[];
  readonly steps: readonly HandbookStep[];
  readonly responsible: RoleInUnit;
  readonly reviewer: RoleInUnit;
  /** 协同单位. */
  readonly coUnits: readonly string[];
  readonly limitClass: LimitClassCode;
  /** Limits of this entry that differ from its class. */
  readonly limits?: LimitOverrides;
  /** 告知对象. */
  readonly notify: readonly string[];
  /** Whether release to the public is proposed; never automatic. */
  readonly publicRelease: boolean;
  readonly basis: Basis;
}
