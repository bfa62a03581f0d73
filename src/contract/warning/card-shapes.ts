import { LEVELS } from '#model/warning';
import { z } from 'zod';

import { level } from './shapes.ts';

/** As many warnings as one bulk action takes. */
export const BULK_MOST = 5000;

/** What a card holds, in a word of ours: which grain, which area, which item, which recording. */
export const cardKey = z
  .string()
  .max(120)
  .regex(/^(?:cause|object|village|town|district)~[\w.-]*~[\w.-]+~(?:live|\d+)$/u, '不是归并卡片的编号');

/** One card (归并卡片): open warnings of one item in one area. Moments are epoch ms. */
export const warningCard = z.object({
  key: cardKey,
  item: z.object({ code: z.string(), name: z.string(), kind: z.string() }),
  scenario: z.string(),
  scenarioName: z.string(),
  area: z.object({ kind: z.enum(['cause', 'object', 'village', 'town', 'district']), name: z.string() }),
  /** One sentence a person would say. */
  sentence: z.string(),
  count: z.number().int(),
  levels: z.record(z.enum(LEVELS), z.number().int()),
  worst: level,
  firstAt: z.number(),
  changedAt: z.number(),
  /** Greatest id on it: with `changedAt` it says what somebody who acts on the card has seen. */
  newest: z.number().int(),
  /** The places that hold most of them, and how many there are. */
  places: z.array(z.string()),
  placeCount: z.number().int(),
  unacknowledged: z.number().int(),
  overdue: z.number().int(),
  replaySession: z.number().int().nullable(),
  /** How many are of simulated objects. */
  simulated: z.number().int(),
  /** The one warning, where the card holds no more. */
  warning: z.number().int().nullable(),
  allowedActions: z.array(z.enum(['acknowledge', 'note', 'shelve', 'judge'])),
});
export type WarningCard = z.infer<typeof warningCard>;
