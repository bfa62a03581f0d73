import { route } from '#contract/http';
import { z } from 'zod';

/** Rows of one file at the most. */
export const BACK_FILL_ROWS = 20_000;

/** One thing wrong with a row; `row` is the number that the spreadsheet program shows. */
export const backFillFault = z.object({
  row: z.number().int(),
  column: z.string(),
  value: z.string(),
  message: z.string(),
});
export type BackFillFault = z.infer<typeof backFillFault>;

export const backFillReport = z.object({
  dryRun: z.boolean(),
  rows: z.number().int(),
  points: z.number().int(),
  /** First and last moment in the file; null where no row has one. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  /** Every fault, in the order of the rows. A real run has none: it is refused. */
  faults: z.array(backFillFault),
  /** Rows that were put in. */
  applied: z.number().int(),
});
export type BackFillReport = z.infer<typeof backFillReport>;

export const backFillRun = z.object({
  id: z.number().int(),
  name: z.string(),
  by: z.string(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  state: z.enum(['running', 'done', 'failed']),
  rows: z.number().int(),
  done: z.number().int(),
});
export type BackFillRun = z.infer<typeof backFillRun>;

export const backFill = route({
  method: 'POST',
  path: '/api/v1/back-fills',
  room: 'monitoring',
  summary:
    '补录读数：CSV 或 xlsx，列为 监测点、时间、数值。dryRun 列出每一处问题，什么都不写；正式补录有一处问题就整份不收',
  access: 'reading.back-fill',
  query: z.object({
    dryRun: z.enum(['true', 'false']).transform((text) => text === 'true'),
    name: z.string().min(1).max(200).default('补录'),
  }),
  rawBody: {
    types: [
      'text/csv',
      'application/vnd.ms-excel',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    limitBytes: 10_000_000,
  },
  reply: backFillReport,
});

export const listBackFills = route({
  method: 'GET',
  path: '/api/v1/back-fills',
  room: 'monitoring',
  summary: '自己的补录和进度，新的在前；系统启动以来的，更早的见审计',
  access: 'reading.back-fill',
  reply: z.object({ items: z.array(backFillRun) }),
});
