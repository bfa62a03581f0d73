import { LIFE_RULES } from './life-rules.ts';
import { PERFORMANCE_RULES } from './performance-rules.ts';
import { list, open, record, type Rule } from './rule.ts';
import { SHELVE_RULES } from './shelve-rules.ts';

/** Of warnings, their cards and bulk actions. */
export const WARNING_RULES: Readonly<Record<string, Rule>> = {
  ...LIFE_RULES,
  ...SHELVE_RULES,
  ...PERFORMANCE_RULES,
  'GET /api/v1/warnings': list('?limit=500'),
  'GET /api/v1/warnings/{id}': record('warning'),
  'POST /api/v1/warnings/{id}/acknowledge': record('warning'),
  'GET /api/v1/warning-cards': list('?most=200&finest=object'),
  'GET /api/v1/warning-cards/{card}/warnings': open(
    'of a card only what lies within reach; see list-cards.test.ts',
  ),
  'GET /api/v1/seat-load': { kind: 'list', shows: false },
  'POST /api/v1/warnings/bulk': open('each warning is judged by itself; see act-on-warnings.test.ts'),
};
