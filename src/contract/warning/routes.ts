import { flag, idParams, pageOf, pageQuery, route } from '#contract/http';
import { ALARM_STATES, WARNING_STATES } from '#model/warning';
import { z } from 'zod';

import { level, signRecord, warning, warningDetail } from './shapes.ts';

export const listWarnings = route({
  method: 'GET',
  path: '/api/v1/warnings',
  room: 'warning',
  summary: '预警，最新的在前',
  access: 'warning.read',
  query: pageQuery.extend({
    state: z.enum(WARNING_STATES).optional(),
    alarmState: z.enum(ALARM_STATES).optional(),
    level: level.optional(),
    scenario: z.string().max(20).optional(),
    object: z.coerce.number().int().optional(),
    /** Leave out, or show only, warnings from replayed recordings. */
    replay: flag.optional(),
  }),
  reply: pageOf(warning).extend({
    /** Open warnings in the caller's scope, per level. */
    open: z.record(level, z.number().int()),
  }),
});

export const getWarning = route({
  method: 'GET',
  path: '/api/v1/warnings/:id',
  room: 'warning',
  summary: '一条预警：依据、阈值与经过',
  access: 'warning.read',
  params: idParams,
  reply: warningDetail,
});

export const acknowledgeWarning = route({
  method: 'POST',
  path: '/api/v1/warnings/:id/acknowledge',
  room: 'warning',
  summary: '签收预警：值守人员看到了',
  access: 'warning.acknowledge',
  params: idParams,
  reply: warning,
});

export const getSignRecord = route({
  method: 'GET',
  path: '/api/v1/signs/:code/record',
  room: 'warning',
  summary:
    '一个体征近 30 天和近 12 个月报了多少次、成为多少条预警、其中多少误报；按标准版本分。只计管辖范围内，不计回放和模拟',
  access: 'warning.read',
  params: z.object({ code: z.string().max(60) }),
  reply: signRecord,
});
