import {
  type Limit,
  PAST_DIRECTIONS,
  type Sign,
  SIGN_DIRECTIONS,
  type SignMeasure,
  STATISTICS,
} from '#model/standard';
import { z } from 'zod';

import { basis } from './basis.ts';

const text = z.string().min(1);
const seconds = z.number().int().nonnegative();
const window = seconds.positive();

/** Codes stand in indexes, which hold no text of any length. */
export const CODE_LENGTH = 60;
export const parameterCode: z.ZodString = z
  .string()
  .max(CODE_LENGTH)
  .regex(/^[A-Z]+\.[A-Z0-9_]+$/);

/** A number, or one that follows from a parameter of the object. */
export const limit: z.ZodType<Limit> = z.union([
  z.number(),
  z.strictObject({
    parameter: parameterCode,
    times: z.number().exactOptional(),
    plus: z.number().exactOptional(),
  }),
]);

const elementCode = z
  .string()
  .max(CODE_LENGTH)
  .regex(/^[A-Z]+\.[A-Z0-9_]+$/);

const past = { past: limit, direction: z.enum(PAST_DIRECTIONS) };

/** What is compared with a sign's limits; times in s. */
export const measure: z.ZodType<SignMeasure> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value') }),
  z.strictObject({ kind: z.literal('rolling'), statistic: z.enum(STATISTICS), windowSeconds: window }),
  z.strictObject({ kind: z.literal('rate'), windowSeconds: window }),
  z.strictObject({ kind: z.literal('duration'), ...past }),
  z.strictObject({
    kind: z.literal('deviation'),
    weeks: z.number().int().min(1).max(8),
    as: z.enum(['absolute', 'percent']),
  }),
  z.strictObject({ kind: z.literal('forecast'), windowSeconds: window, ...past }),
  z.strictObject({ kind: z.literal('anomaly'), windowSeconds: window }),
  z.strictObject({ kind: z.literal('rarity'), learnSeconds: window }),
  z.strictObject({ kind: z.literal('points'), ...past }),
  z.strictObject({ kind: z.literal('silence') }),
  z.strictObject({
    kind: z.literal('fire-weather'),
    temperature: elementCode,
    humidity: elementCode,
    wind: elementCode,
    rain: elementCode,
  }),
]);

/** More readings than these are a rolling statistic. */
export const MOST_AGREEING = 20;

/** 读数表决: at least so many of the last so many readings. */
export const agreement = z.strictObject({
  atLeast: z.number().int().min(2).max(MOST_AGREEING),
  of: z.number().int().min(2).max(MOST_AGREEING),
});

const level = z.strictObject({
  limit,
  lower: limit.exactOptional(),
  onDelaySeconds: seconds,
  own: z.strictObject({ from: limit, to: limit }).exactOptional(),
  basis: basis.exactOptional(),
});

/** 预警体征 as a standard's file writes it. */
export const signShape = z.strictObject({
  code: z
    .string()
    .max(CODE_LENGTH)
    .regex(/^[A-Z]+\.S\d{2}[A-Z]?$/),
  item: text,
  name: text,
  element: text,
  measure,
  direction: z.enum(SIGN_DIRECTIONS),
  levels: z.strictObject({
    red: level.exactOptional(),
    orange: level.exactOptional(),
    yellow: level.exactOptional(),
    blue: level.exactOptional(),
  }),
  agreement: agreement.exactOptional(),
  deadband: z.number().nonnegative(),
  offDelaySeconds: seconds,
  unit: z.string(),
  basis,
}) satisfies z.ZodType<Sign>;
