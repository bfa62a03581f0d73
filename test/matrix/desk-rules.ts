import { NOTIFICATION_RULES } from './notification-rules.ts';
import { list, own, type Rule } from './rule.ts';

/** Of 值守台. */
export const DESK_RULES: Readonly<Record<string, Rule>> = {
  ...NOTIFICATION_RULES,
  'GET /api/v1/duty-desk': list(),
  'GET /api/v1/duty-desk/look': own('how far one has looked oneself'),
  'GET /api/v1/todo': own('what waits for oneself, within what each part reaches'),
  'PUT /api/v1/duty-desk/look': own('how far one has looked oneself'),
};
