import { idParams, route } from '#contract/http';

import { workOrderDetail } from './shapes.ts';

export const acknowledgeEscalation = route({
  method: 'POST',
  path: '/api/v1/work-orders/:id/acknowledge',
  room: 'response',
  summary: '签收超期提醒：收到提醒的人看到了，不再每 10 分钟提前上报一级',
  access: 'work-order.read',
  params: idParams,
  reply: workOrderDetail,
});
