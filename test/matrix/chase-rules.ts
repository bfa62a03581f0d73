import { record, type Rule } from './rule.ts';

/** 催办与督办. */
export const CHASE_RULES: Readonly<Record<string, Rule>> = {
  'POST /api/v1/work-orders/{id}/acknowledge': record('work-order'),
};
