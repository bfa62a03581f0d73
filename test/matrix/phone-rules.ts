import { record, type Rule } from './rule.ts';

/** Of what a phone hands in later. */
export const PHONE_RULES: Readonly<Record<string, Rule>> = {
  'POST /api/v1/work-orders/{id}/supplements': record('work-order'),
};
