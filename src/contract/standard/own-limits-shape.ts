import type { OwnLimits } from '#model/standard';
import { z } from 'zod';

const seconds = z.number().int().nonnegative().max(2_147_483_647);
const level = z
  .strictObject({
    limit: z.number().exactOptional(),
    lower: z.number().exactOptional(),
    onDelaySeconds: seconds.exactOptional(),
  })
  .refine((given) => Object.keys(given).length > 0, '这一级什么也没有设。请删去它，或给出限值');

/** 对象专用限值 as it is asked for and stored: numbers in the sign's unit. */
export const ownLimits = z
  .strictObject({
    levels: z.strictObject({
      red: level.exactOptional(),
      orange: level.exactOptional(),
      yellow: level.exactOptional(),
      blue: level.exactOptional(),
    }),
    deadband: z.number().nonnegative().exactOptional(),
    offDelaySeconds: seconds.exactOptional(),
  })
  .refine(
    ({ levels, ...others }) => Object.keys(levels).length + Object.keys(others).length > 0,
    '什么也没有设。请至少给出一项',
  ) satisfies z.ZodType<OwnLimits>;
