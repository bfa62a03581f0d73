import { route } from '#contract/http';
import { z } from 'zod';

/** What a point's detector has learnt of it; moments epoch ms. */
const learnt = z.object({
  /** Its first and newest reading, and how many there were. */
  since: z.number(),
  at: z.number(),
  readings: z.number().int(),
  /** It learns and raises nothing, until about `readyAt`. */
  learning: z.boolean(),
  readyAt: z.number().nullable(),
  /** What stands, in decades of a return period; 0 is ordinary. `seen`: as a Chinese sentence, null while nothing stands. */
  rarity: z.number(),
  seen: z.string().nullable(),
});

/** When a point did not fit its own past: told by a sign of rarity, or doubted for it. */
const rareSpan = z.object({
  /** Epoch ms; `until` null while it goes on. */
  from: z.number(),
  until: z.number().nullable(),
  text: z.string(),
});

export const getRarity = route({
  method: 'GET',
  path: '/api/v1/rarity',
  room: 'monitoring',
  summary:
    '一个监测点对自身历史学到了多少、最新读数有多罕见；既没有罕见度体征、要素也不查的为空。给 from、to 时附其间罕见或与自身历史不符的时段',
  access: 'reading.read',
  query: z.object({
    point: z.string().min(1).max(200),
    from: z.coerce.number().optional(),
    to: z.coerce.number().optional(),
  }),
  reply: z.object({ learnt: learnt.nullable(), spans: z.array(rareSpan) }),
});
