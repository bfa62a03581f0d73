import { route } from '#contract/http';
import { z } from 'zod';

const option = z.string().max(4000).optional();
/** Read whole by the parser, which names what it does not know; listed here for the document. */
const query = z
  .object({
    $filter: option.describe('例：result gt 5 and phenomenonTime ge 2026-11-23T00:00:00Z'),
    $orderby: option.describe('例：phenomenonTime desc'),
    $top: option,
    $skip: option,
    $count: option,
    $select: option,
    $expand: option.describe('例：Observations($orderby=phenomenonTime desc;$top=1)，至多两层'),
    $skiptoken: option.describe('来自 @iot.nextLink'),
  })
  .catchall(z.string());
const reply = z.record(z.string(), z.unknown());

export const getSensorThingsRoot = route({
  method: 'GET',
  path: '/v1.1',
  room: 'monitoring',
  summary: 'OGC SensorThings 1.1 服务根：实体集与符合的条款（只读）',
  access: 'reading.read',
  faults: 'odata',
  reply,
});

export const askSensorThings = route({
  method: 'GET',
  path: '/v1.1/:entities',
  room: 'monitoring',
  summary: 'SensorThings 实体集或其中一个：Things、Things(1)、Datastreams、Observations…',
  access: 'reading.read',
  faults: 'odata',
  params: z.object({ entities: z.string().min(1).max(300) }),
  query,
  reply,
});

export const followSensorThings = route({
  method: 'GET',
  path: '/v1.1/:entities/*',
  room: 'monitoring',
  summary:
    'SensorThings 导航路径：Things(1)/Datastreams、Datastreams(1)/Observations、Things(1)/name/$value…',
  access: 'reading.read',
  faults: 'odata',
  params: z.object({ entities: z.string().min(1).max(300), '*': z.string().max(1000) }),
  query,
  reply,
});
