import { route } from '#contract/http';
import { FALSE_ALARM_REASONS, SHELF_REASONS } from '#model/warning';
import { z } from 'zod';

import { cardKey } from './card-shapes.ts';

/** What the body may name at all; what one request takes is refused above `BULK_MOST` with a sentence. */
const IDS_MOST = 50_000;

const ids = z.array(z.number().int().positive()).min(1).max(IDS_MOST);

export const bulkOutcome = z.object({
  id: z.number().int(),
  done: z.boolean(),
  /** Why it was left as it is; null where it was done. */
  reason: z.string().nullable(),
});
export type BulkOutcome = z.infer<typeof bulkOutcome>;

const asked = {
  target: z.union([
    z.object({ ids }),
    /** A card as it was seen: what came or changed afterwards is left alone. */
    z.object({ card: cardKey, newest: z.number().int(), changedAt: z.number() }),
  ]),
  /** What the note says; of an acknowledgement or a false alarm, why. */
  reason: z.string().trim().max(500).optional(),
  /** Sent again with the same key, a note is written once. */
  key: z.string().min(8).max(64),
};

export const actOnWarnings = route({
  method: 'POST',
  path: '/api/v1/warnings/bulk',
  room: 'warning',
  summary:
    '一次签收、备注、搁置或判定误报一张卡片、一批选中的预警（至多 5,000 条）；逐条判权限、逐条留痕，逐条答复。红色不能成批搁置',
  access: 'warning.acknowledge',
  body: z.discriminatedUnion('action', [
    z.object({ ...asked, action: z.literal('acknowledge') }),
    z.object({ ...asked, action: z.literal('note') }),
    /** 搁置 the item of each at its object. */
    z.object({
      ...asked,
      action: z.literal('shelve'),
      level: z.enum(['blue', 'yellow', 'orange']),
      minutes: z.number().int().min(1).max(1440),
      reasonKind: z.enum(SHELF_REASONS),
      reason: z.string().trim().min(2).max(200),
    }),
    z.object({ ...asked, action: z.literal('judge'), falseAlarm: z.enum(FALSE_ALARM_REASONS) }),
  ]),
  reply: z.object({
    done: z.number().int(),
    skipped: z.number().int(),
    items: z.array(bulkOutcome),
  }),
});
