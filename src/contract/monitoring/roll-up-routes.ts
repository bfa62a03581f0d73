import { moment, route } from '#contract/http';
import { z } from 'zod';

/** Stretches of one reply. */
export const ROLL_UPS = 10_000;

const rollUp = z.object({
  /** Where the stretch begins; stretches are those of Beijing's clock. */
  from: z.number(),
  count: z.number().int(),
  /** Of them not believed. */
  suspect: z.number().int(),
  /** Of the believed ones, as corrected; null where there are none. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  first: z.number().nullable(),
  last: z.number().nullable(),
});
export type RollUp = z.infer<typeof rollUp>;

export const listRollUps = route({
  method: 'GET',
  path: '/api/v1/roll-ups',
  room: 'monitoring',
  summary:
    '一个监测点按分钟、小时或日上卷：条数、存疑条数，可信读数的最小、最大、平均、首、末；迟到、补录、修正的读数算在内，没有读数的时段不列。一次至多 10,000 段',
  access: 'reading.read',
  query: z.object({
    point: z.string().min(1).max(200),
    by: z.enum(['minute', 'hour', 'day']),
    from: moment,
    to: moment,
  }),
  reply: z.object({ items: z.array(rollUp) }),
});
