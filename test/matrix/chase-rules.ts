import { CLOSURE_RULES } from './closure-rules.ts';
import { record, type Rule } from './rule.ts';
import { CORNERS } from './zones.ts';

/** 催办与督办. */
export const CHASE_RULES: Readonly<Record<string, Rule>> = {
  ...CLOSURE_RULES,
  'POST /api/v1/work-orders/{id}/acknowledge': record('work-order'),
  // Nothing is late yet, and no list was written.
  'GET /api/v1/overdue-list': { kind: 'list', shows: false },
  'GET /api/v1/supervisions': { kind: 'list' },
  'GET /api/v1/supervisions/{id}': record('supervision'),
  'POST /api/v1/supervisions': {
    kind: 'create',
    body: (zone) => ({
      platform: CORNERS[zone].platform,
      asked: '请说明为何无人接单',
      answerBy: 4_000_000_000_000,
      idempotencyKey: `matrix-${zone}`,
    }),
  },
  'POST /api/v1/supervisions/{id}/answer': record('supervision'),
  'POST /api/v1/supervisions/{id}/extend': record('supervision'),
  'POST /api/v1/supervisions/{id}/return': record('supervision'),
  'POST /api/v1/supervisions/{id}/close': record('supervision'),
};
