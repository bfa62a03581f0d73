import { flag, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { cardKey, warningCard } from './card-shapes.ts';
import { warning } from './shapes.ts';

export const listWarningCards = route({
  method: 'GET',
  path: '/api/v1/warning-cards',
  room: 'warning',
  summary: '生效的预警，按事项和地域归并成卡片，最重的在前；范围逐级放大，直到卡片数不超过 most',
  access: 'warning.read',
  query: z.object({
    most: z.coerce.number().int().min(1).max(200).default(12),
    /** The least area of a card; objects stand singly only where they are asked for. */
    finest: z.enum(['object', 'village', 'town', 'district']).default('town'),
    scenario: z.string().max(20).optional(),
    replay: flag.optional(),
  }),
  reply: z.object({ items: z.array(warningCard), warnings: z.number().int() }),
});

export const listCardWarnings = route({
  method: 'GET',
  path: '/api/v1/warning-cards/:card/warnings',
  room: 'warning',
  summary: '一张卡片上的预警，最新的在前',
  access: 'warning.read',
  params: z.object({ card: cardKey }),
  query: pageQuery,
  reply: pageOf(warning),
});
