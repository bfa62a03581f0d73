import { route } from '#contract/http';
import { KEPT_CLASSES } from '#model/monitoring';
import { z } from 'zod';

const kept = z.object({
  key: z.enum(KEPT_CLASSES),
  /** Days it is kept; null for good. */
  days: z.number().int().nullable(),
  /** The setting of the district's platform that says so; null where the time is fixed. */
  setting: z.string().nullable(),
  /** Of the oldest that is there; null where nothing is. */
  since: z.number().nullable(),
  /** On the disk, with indexes. */
  bytes: z.number(),
  /** When the oldest goes; null where nothing does. In the past where it is held or the next round takes it. */
  goesAt: z.number().nullable(),
});
export type Kept = z.infer<typeof kept>;

/** The server's clock as retention goes by it; moments in epoch ms. */
const clock = z.object({
  now: z.number(),
  /** When a round last went on. */
  lookedAt: z.number(),
  /** Since when nothing is deleted because the clock is too far ahead of the last round; null while all is well. */
  leaptAt: z.number().nullable(),
  /** What devices say the time is: 95 of 100 points were last observed before. Null where nothing waits, or no point has spoken. */
  devicesAt: z.number().nullable(),
});
export type RetentionClock = z.infer<typeof clock>;

export const listKept = route({
  method: 'GET',
  path: '/api/v1/retention',
  room: 'monitoring',
  summary:
    '保存期限：各类数据保存多久、最早到哪一天、占多少磁盘、下一批何时删除，以及因未办结事项暂不删除的监测点数',
  access: 'reading.read',
  reply: z.object({
    items: z.array(kept),
    /** Readings before this moment are kept as hours only; null while all are there. */
    keptFrom: z.number().nullable(),
    /** Points of which readings are held since something open rests on them. */
    heldPoints: z.number().int(),
    /** When something was taken away last. */
    lastAt: z.number().nullable(),
    clock,
  }),
});

export const confirmClock = route({
  method: 'POST',
  path: '/api/v1/retention/clock',
  room: 'monitoring',
  summary: '确认服务器时钟是对的：时钟比上一轮超前一天以上时到期数据不删除，确认后恢复',
  access: 'setting.manage',
  body: z.object({
    /** The time of the server (`clock.now`) that is confirmed; refused when its clock says something else by now. */
    clock: z.number(),
  }),
  reply: clock,
});
