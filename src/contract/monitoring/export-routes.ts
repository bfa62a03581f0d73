import { moment, route } from '#contract/http';
import { z } from 'zod';

export const EXPORT_FORMATS = ['csv', 'parquet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
/** Points of one file. */
export const EXPORT_POINTS = 200;

const code = z.string().min(1).max(200);

export const exportReadings = route({
  method: 'GET',
  path: '/api/v1/reading-exports',
  room: 'monitoring',
  summary:
    '导出读数：CSV（UTF-8 带 BOM）或 Parquet；point 可写多次（至多 200 个），时段至多 366 天，至多 200 万条。边读边发，记入审计',
  access: 'reading.read',
  query: z.object({
    point: z.union([code.transform((one) => [one]), z.array(code).min(1).max(EXPORT_POINTS)]),
    from: moment,
    to: moment,
    format: z.enum(EXPORT_FORMATS),
  }),
  reply: z.unknown(),
});
