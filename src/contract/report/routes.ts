import { route } from '#contract/http';
import { DEADLINE_KINDS } from '#model/response';
import { LEVELS } from '#model/warning';
import { z } from 'zod';

const perLevel = z.record(z.enum(LEVELS), z.number().int());

export const getMonth = route({
  method: 'GET',
  path: '/api/v1/indicators/month',
  room: 'report',
  summary: '一个月的实数：预警按等级与场景、工单按时、读数应收实收',
  access: 'report.read',
  query: z.object({
    /** `YYYY-MM` in Beijing; absent: this month. */
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/u)
      .optional(),
    /** `live`: real operation only. `replay`: replayed recordings and simulated devices only. */
    rows: z.enum(['live', 'replay']).default('live'),
  }),
  reply: z.object({
    month: z.string(),
    rows: z.enum(['live', 'replay']),
    warnings: z.object({
      total: z.number().int(),
      byLevel: perLevel,
      byScenario: z.array(
        z.object({ scenario: z.string(), name: z.string(), total: z.number().int(), byLevel: perLevel }),
      ),
      byDay: z.array(z.object({ day: z.string(), total: z.number().int() })),
    }),
    orders: z.object({
      opened: z.number().int(),
      cleared: z.number().int(),
      closed: z.number().int(),
      open: z.number().int(),
      overdue: z.number().int(),
      /** Closed orders none of whose limits was missed ÷ closed orders; null when none closed. */
      onTimeRate: z.number().nullable(),
      /** Per limit of the orders opened in the month: those kept or due by now, and how many of them were kept in time. */
      byLimit: z.array(
        z.object({ kind: z.enum(DEADLINE_KINDS), due: z.number().int(), kept: z.number().int() }),
      ),
      byLoop: z.object({ small: z.number().int(), medium: z.number().int(), large: z.number().int() }),
      /** Orders for the list behind each number. */
      late: z.array(
        z.object({ id: z.number().int(), code: z.string(), object: z.string(), kind: z.string() }),
      ),
    }),
    readings: z.object({
      /** From each point's sampling period over the days it has existed this month. */
      expected: z.number().int(),
      /** Null where the scope is a part of the territory: counts are kept per scenario, not per place. */
      received: z.number().int().nullable(),
      suspect: z.number().int().nullable(),
      /** What scripts of drills (演练脚本) told: neither received nor replayed. */
      scripted: z.number().int().nullable(),
      completeness: z.number().nullable(),
      byScenario: z.array(
        z.object({
          scenario: z.string(),
          name: z.string(),
          expected: z.number().int(),
          received: z.number().int().nullable(),
        }),
      ),
    }),
  }),
});
