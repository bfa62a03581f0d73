import { record, type Rule } from './rule.ts';

/** Of orders that people open. */
export const HAND_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/work-order-plan': { kind: 'create', query: (zone) => `?object=m-${zone}` },
  'POST /api/v1/work-orders': {
    kind: 'create',
    body: (zone) => ({
      source: 'patrol',
      object: `m-${zone}`,
      item: 'FLOOD.I06',
      level: 'blue',
      told: '巡查发现积水',
      idempotencyKey: `matrix-${zone}`,
    }),
  },
  'POST /api/v1/work-orders/{id}/parts': record('work-order'),
};
