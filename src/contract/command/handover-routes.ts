import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { z } from 'zod';

import { handover, handoverDetail } from './handover-shapes.ts';

const room = 'command';
const platformCode = z.string().min(1).max(40);

export const writeHandover = route({
  method: 'POST',
  path: '/api/v1/handovers',
  room,
  summary: '写交接班：系统为将结束的班次写好内容；没签字前可重写',
  access: 'duty.read',
  body: z.object({
    roster: z.number().int(),
    /** Seat by its number; absent: the first one. */
    seat: z.number().int().optional(),
  }),
  reply: handoverDetail,
  status: 201,
});

export const listHandovers = route({
  method: 'GET',
  path: '/api/v1/handovers',
  room,
  summary: '交接班记录，最新的在前',
  access: 'duty.read',
  query: pageQuery.extend({
    platform: platformCode.optional(),
    roster: z.coerce.number().int().optional(),
    /** Only those that wait for a signature. */
    waiting: flag.optional(),
  }),
  reply: pageOf(handover),
});

export const getHandover = route({
  method: 'GET',
  path: '/api/v1/handovers/:id',
  room,
  summary: '一次交接班：内容、签字与补充',
  access: 'duty.read',
  params: idParams,
  reply: handoverDetail,
});

export const signHandover = route({
  method: 'POST',
  path: '/api/v1/handovers/:id/sign',
  room,
  summary: '签字：先交班人（内容从此冻结），后接班人',
  access: 'duty.read',
  params: idParams,
  body: z.object({
    /** Hash of the page as it was read: what was not seen is not signed. */
    hash: z.string().length(64),
  }),
  reply: handoverDetail,
});

export const noteHandover = route({
  method: 'POST',
  path: '/api/v1/handovers/:id/notes',
  room,
  summary: '补充说明（交班人或接班人）；签过的内容不改',
  access: 'duty.read',
  params: idParams,
  body: z.object({ text: z.string().trim().min(1).max(2000) }),
  reply: handoverDetail,
  status: 201,
});
