import { moment, route } from '#contract/http';
import { z } from 'zod';

import { dutyDesk } from './desk-shapes.ts';

const room = 'command';

export const getDutyDesk = route({
  method: 'GET',
  path: '/api/v1/duty-desk',
  room,
  summary: '值守台：一次问全。带 at 给出那一刻的样子（时间机），以当时已记录的为准',
  access: 'warning.read',
  query: z.object({ at: moment.optional() }),
  reply: dutyDesk,
});

const look = z.object({ lookedAt: z.number().nullable() });

export const getDutyLook = route({
  method: 'GET',
  path: '/api/v1/duty-desk/look',
  room,
  summary: '我上次看值守台是什么时候（按人和席位）',
  access: 'warning.read',
  reply: look,
});

export const putDutyLook = route({
  method: 'PUT',
  path: '/api/v1/duty-desk/look',
  room,
  summary: '记下我看到了哪一刻；只往后移',
  access: 'warning.read',
  /** The moment of the desk that was looked at. */
  body: z.object({ at: z.number() }),
  reply: look,
});
