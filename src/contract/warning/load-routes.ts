import { route } from '#contract/http';
import { z } from 'zod';

const hour = z.object({
  hour: z.number(),
  warnings: z.number().int(),
  shown: z.number().int(),
  peak: z.number().int(),
  flood: z.boolean(),
});

/** A duty desk: its platform, and what has come to it. Moments are epoch ms. */
const seat = z.object({
  platform: z.object({ code: z.string(), name: z.string() }),
  flood: z.object({ since: z.number(), peak: z.number().int() }).nullable(),
  /** New warnings in the past ten minutes. */
  count: z.number().int(),
  /** Of the last 24 hours, oldest first; hours in which nothing came are left out. */
  hours: z.array(hour),
});
export type SeatLoad = z.infer<typeof seat>;

export const getSeatLoad = route({
  method: 'GET',
  path: '/api/v1/seat-load',
  room: 'warning',
  summary: '本人席位的负荷：10 分钟内新增的预警、是否洪峰模式、近 24 小时逐小时的条数与归并后的条数',
  access: 'warning.read',
  reply: z.object({ seats: z.array(seat), flood: z.boolean(), sentence: z.string().nullable() }),
});
