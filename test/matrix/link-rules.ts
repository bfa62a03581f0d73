import { before, record, type Rule } from './rule.ts';

/** Of one-time links: who makes them has an account; who uses one shows it, or the browser that opened it. */
export const LINK_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/work-orders/{id}/links': record('work-order'),
  'POST /api/v1/work-orders/{id}/links': {
    kind: 'record',
    of: 'work-order',
    body: { person: '张三', handUnit: '维保', hours: 1 },
  },
  'POST /api/v1/order-links/{id}/end': record('order-link'),
  'POST /api/v1/order-links/open': before('the link is the right: see order-link.test.ts'),
  'POST /api/v1/order-links/{id}/acts': before('the browser that opened it is the right'),
  'POST /api/v1/order-links/{id}/photos': before('the browser that opened it is the right'),
};
