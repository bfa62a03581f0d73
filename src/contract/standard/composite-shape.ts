import { type CompositeSign, LONGEST_CONDITION } from '#model/standard';
import { z } from 'zod';

import { basis } from './basis.ts';
import { CODE_LENGTH } from './sign-shape.ts';

const text = z.string().min(1);
const seconds = z.number().int().nonnegative();

const level = z.strictObject({
  when: text.max(LONGEST_CONDITION),
  onDelaySeconds: seconds,
  basis: basis.exactOptional(),
});

/** Which facts it is shown. */
export const compositeWithin = z.strictObject({
  radiusMeters: z.number().positive().exactOptional(),
  sameObject: z.boolean().exactOptional(),
  sameTown: z.boolean().exactOptional(),
  linked: z.boolean().exactOptional(),
  windowSeconds: seconds.positive().exactOptional(),
});

/** 复合体征 as a standard's file writes it. */
export const compositeShape = z.strictObject({
  code: z
    .string()
    .max(CODE_LENGTH)
    .regex(/^[A-Z]+\.X\d{2}[A-Z]?$/),
  item: text,
  name: text,
  element: text,
  levels: z.strictObject({
    red: level.exactOptional(),
    orange: level.exactOptional(),
    yellow: level.exactOptional(),
    blue: level.exactOptional(),
  }),
  offDelaySeconds: seconds,
  within: compositeWithin,
  basis,
}) satisfies z.ZodType<CompositeSign>;
