import { z } from 'zod';
import {
  DISPOSAL_TYPES,
  type DisposalType,
  HANDBOOK_ROLES,
  ITEM_KINDS,
  LIMIT_CLASSES,
  LOOPS,
  SENSING_KINDS,
  SIGN_LEVELS,
  type StandardFile,
  STEP_EVIDENCE,
  VERIFICATIONS,
} from '#model/standard';
import { basis } from './basis.ts';
import { compositeShape } from './composite-shape.ts';
import { levelLimits } from './limits-file.ts';
import { CODE_LENGTH, parameterCode, signShape } from './sign-shape.ts';

const text = z.string().min(1);
const seconds = z.number().int().nonnegative();
const disposalTypes = Object.keys(DISPOSAL_TYPES) as [DisposalType, ...DisposalType[]];

const element = z.strictObject({
  code: z
    .string()
    .max(CODE_LENGTH)
    .regex(/^[A-Z]+\.[A-Z0-9_]+$/),
  name: text,
  // Emptiness is the linter's to report, with the sentence that says which element.
  unit: z.string(),
  periodSeconds: seconds,
  densePeriodSeconds: seconds.exactOptional(),
  range: z.tuple([z.number(), z.number()]).nullable(),
  maxChange: z.strictObject({ value: z.number().positive(), perSeconds: seconds.positive() }).exactOptional(),
  improbable: z.strictObject({ rarity: z.number(), learnSeconds: seconds.positive() }).exactOptional(),
  states: z.array(z.strictObject({ value: z.number(), name: text })).exactOptional(),
  sensing: z.enum(SENSING_KINDS),
  key: z.boolean(),
  basis,
});

const item = z.strictObject({
  code: z
    .string()
    .max(CODE_LENGTH)
    .regex(/^[A-Z]+\.I\d{2}$/),
  name: text,
  kind: z.enum(ITEM_KINDS),
  verification: z.enum(VERIFICATIONS),
  summary: text,
});

const parameter = z.strictObject({
  code: parameterCode,
  name: text,
  unit: z.string(),
  range: z.tuple([z.number(), z.number()]),
  basis,
});

const roleInUnit = z.strictObject({ role: z.enum(HANDBOOK_ROLES), unit: text });

const handbookEntry = z.strictObject({
  item: text,
  level: z.enum(SIGN_LEVELS),
  loop: z.enum(LOOPS),
  disposalTypes: z.array(z.enum(disposalTypes)).min(1),
  steps: z.array(
    z.strictObject({ code: text, text, evidence: z.enum(STEP_EVIDENCE), required: z.boolean() }),
  ),
  responsible: roleInUnit,
  reviewer: roleInUnit,
  coUnits: z.array(text),
  limitClass: z.enum(LIMIT_CLASSES),
  limits: levelLimits.partial().exactOptional(),
  notify: z.array(text),
  publicRelease: z.boolean(),
  basis,
});

/** One scenario's file of the business standard. Meaning beyond the shape is `lintStandard`'s. */
export const standardFile = z.strictObject({
  scenario: z.string().regex(/^[A-Z]+$/),
  name: text,
  version: text,
  owner: text,
  elements: z.array(element),
  items: z.array(item),
  parameters: z.array(parameter),
  signs: z.array(signShape),
  composites: z.array(compositeShape).exactOptional(),
  handbook: z.array(handbookEntry),
}) satisfies z.ZodType<StandardFile>;
