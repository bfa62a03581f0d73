import {
  DISPOSAL_TYPES,
  type DisposalType,
  HANDBOOK_ROLES,
  ITEM_KINDS,
  LIMIT_CLASSES,
  LOOPS,
  SENSING_KINDS,
  SIGN_DIRECTIONS,
  SIGN_LEVELS,
  STEP_EVIDENCE,
  VERIFICATIONS,
} from '#model/standard';
import { z } from 'zod';

import { basis } from './basis.ts';
import { agreement, limit, measure } from './sign-shape.ts';

const disposalTypes = Object.keys(DISPOSAL_TYPES) as [DisposalType, ...DisposalType[]];

/** The standard a row stands in: its scenario and its version. */
const ofStandard = { scenario: z.string(), scenarioName: z.string(), standard: z.string() };

/** 监测要素 as lists show it. Periods in seconds; 0 is event driven. */
export const element = z.object({
  ...ofStandard,
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  periodSeconds: z.number().int(),
  densePeriodSeconds: z.number().int().nullable(),
  range: z.tuple([z.number(), z.number()]).nullable(),
  /** What its numbers mean, for an enumerated element. */
  states: z.array(z.object({ value: z.number(), name: z.string() })),
  sensing: z.enum(SENSING_KINDS),
  key: z.boolean(),
  basis,
});
export type Element = z.infer<typeof element>;

/** 对象参数 as lists show it: what signs need to know of an object. */
export const parameter = z.object({
  ...ofStandard,
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  range: z.tuple([z.number(), z.number()]),
  basis,
});
export type Parameter = z.infer<typeof parameter>;

/** An object with signs that are switched off there because a parameter is missing (无参数停用). */
export const switchedOff = z.object({
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  /** Its name. */
  town: z.string().nullable(),
  signs: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      scenario: z.string(),
      /** Parameters of the object, or facts (of linked or near objects) that nobody there can tell. */
      lacks: z.enum(['parameter', 'fact']),
      missing: z.array(z.object({ code: z.string(), name: z.string(), unit: z.string() })),
    }),
  ),
});

export type SwitchedOff = z.infer<typeof switchedOff>;

/** 预警事项 as lists show it. */
export const warningItem = z.object({
  ...ofStandard,
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(ITEM_KINDS),
  verification: z.enum(VERIFICATIONS),
  summary: z.string(),
  signs: z.number().int(),
});
export type WarningItem = z.infer<typeof warningItem>;

/** One level of a sign with the ground it stands on: its own, or the sign's. */
const signLevel = z.object({
  level: z.enum(SIGN_LEVELS),
  limit,
  /** Of a band. */
  lower: limit.optional(),
  onDelaySeconds: z.number().int(),
  basis,
});

/** 预警体征 as lists show it. `verified` only when every one of its thresholds is. */
export const sign = z.object({
  ...ofStandard,
  id: z.number().int(),
  code: z.string(),
  name: z.string(),
  item: z.string(),
  itemName: z.string(),
  element: z.string(),
  elementName: z.string(),
  unit: z.string(),
  direction: z.enum(SIGN_DIRECTIONS),
  measure,
  /** Severest first. */
  levels: z.array(signLevel),
  /** 读数表决; null where every reading counts by itself. */
  agreement: agreement.nullable(),
  deadband: z.number(),
  offDelaySeconds: z.number().int(),
  basis,
  verified: z.boolean(),
});
export type Sign = z.infer<typeof sign>;

const roleInUnit = z.object({ role: z.enum(HANDBOOK_ROLES), unit: z.string() });

/** 指挥手册 entry as lists show it. */
export const handbook = z.object({
  ...ofStandard,
  id: z.number().int(),
  item: z.string(),
  itemName: z.string(),
  level: z.enum(SIGN_LEVELS),
  loop: z.enum(LOOPS),
  disposalTypes: z.array(z.enum(disposalTypes)),
  steps: z.array(
    z.object({ code: z.string(), text: z.string(), evidence: z.enum(STEP_EVIDENCE), required: z.boolean() }),
  ),
  responsible: roleInUnit,
  reviewer: roleInUnit,
  coUnits: z.array(z.string()),
  limitClass: z.enum(LIMIT_CLASSES),
  notify: z.array(z.string()),
  publicRelease: z.boolean(),
  basis,
});
export type Handbook = z.infer<typeof handbook>;
