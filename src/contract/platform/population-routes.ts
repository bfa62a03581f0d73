import { pageOf, pageQuery, route } from '#contract/http';
import { MOST_PEOPLE } from '#model/platform';
import { z } from 'zod';

import { day } from './organisation-shapes.ts';

const room = 'platform';
const PATH = '/api/v1/populations';

const count = z.number().int().min(0).max(MOST_PEOPLE);

const population = z.object({
  /** Code and name of the town. */
  town: z.string(),
  name: z.string(),
  /** 常住人口, persons. */
  residents: z.number().int(),
  /** 从业人口, persons; null where it was not told. */
  workers: z.number().int().nullable(),
  source: z.string(),
  asOf: day,
  toldBy: z.string(),
  toldAt: z.number(),
  version: z.number().int(),
  allowedActions: z.array(z.literal('edit')),
});
export type Population = z.infer<typeof population>;

export const listPopulations = route({
  method: 'GET',
  path: PATH,
  room,
  summary: '各街镇的常住与从业人口，连同来源与年份；没有导入的不列',
  access: 'platform.read',
  query: pageQuery,
  reply: pageOf(population),
});

export const putPopulation = route({
  method: 'PUT',
  path: PATH,
  room,
  summary: '填写或修改一个街镇的人口；version 是改的那一版，新填的不给',
  access: 'object.manage',
  body: z.strictObject({
    town: z.string().trim().min(1).max(40),
    residents: count,
    workers: count.nullable().default(null),
    source: z.string().trim().min(2).max(200),
    asOf: day,
    version: z.number().int().positive().max(2_147_483_647).optional(),
  }),
  reply: population,
});
