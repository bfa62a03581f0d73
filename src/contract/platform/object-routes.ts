import { idParams, route } from '#contract/http';
import { DATUMS } from '#model/platform';
import { z } from 'zod';

import { monitoredObject } from './shapes.ts';

const party = z.string().trim().min(1).max(100).nullable().optional();

export const updateObject = route({
  method: 'PUT',
  path: '/api/v1/objects/:id',
  room: 'platform',
  summary: '修改监测对象。未给出的项不变，null 为清空；坐标改变时属地重算；retired=false 恢复已停用的对象',
  access: 'object.manage',
  params: idParams,
  body: z.object({
    /** `version` of the object as it was read; another one means that somebody has changed it meanwhile. */
    version: z.number().int().positive(),
    name: z.string().trim().min(1).max(200).optional(),
    scenarios: z.array(z.string()).min(1).max(17).optional(),
    lat: z.number().min(-90).max(90).optional(),
    lon: z.number().min(-180).max(180).optional(),
    datum: z.enum(DATUMS).optional(),
    town: z.string().max(20).optional(),
    village: z.string().max(20).optional(),
    address: z.string().trim().min(1).max(200).nullable().optional(),
    /** Code or name of a unit; a name that is no unit's is kept as it is. */
    owner: party,
    operator: party,
    maintainer: party,
    /** What its signs need to know of it, by the parameter's code; all of them at once. */
    parameters: z.record(z.string().max(40), z.number()).optional(),
    retired: z.literal(false).optional(),
  }),
  reply: monitoredObject,
});

export const retireObject = route({
  method: 'DELETE',
  path: '/api/v1/objects/:id',
  room: 'platform',
  summary: '停用监测对象。历史数据、预警和工单都保留；有未结束的预警或工单时不能停用',
  access: 'object.manage',
  params: idParams,
  query: z.object({
    version: z.coerce.number().int().positive(),
    reason: z.string().trim().min(2).max(200),
  }),
  reply: monitoredObject,
});
