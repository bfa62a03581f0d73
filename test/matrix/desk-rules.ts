import { list, own, type Rule } from './rule.ts';

/** Of 值守台. */
export const DESK_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/duty-desk': list(),
  'GET /api/v1/duty-desk/look': own('how far one has looked oneself'),
  'PUT /api/v1/duty-desk/look': own('how far one has looked oneself'),
};
