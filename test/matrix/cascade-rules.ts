import { list, open, record, type Rule } from './rule.ts';

/** Of dependencies and cascades. */
export const CASCADE_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/dependencies': list('?limit=500'),
  'POST /api/v1/dependencies': {
    kind: 'create',
    body: (zone) => ({ from: `n-${zone}`, to: `m-${zone}`, kind: 'supplies', basis: '台账' }),
  },
  'PUT /api/v1/dependencies/{id}': record('dependency'),
  'DELETE /api/v1/dependencies/{id}': record('dependency'),
  'GET /api/v1/cascades': list('?limit=500'),
  'GET /api/v1/cascades/{id}': record('cascade'),
  'POST /api/v1/cascades/{id}/acknowledge': record('cascade'),
  'GET /api/v1/dependency-rules': open('one set of rules for the whole district'),
  'PUT /api/v1/dependency-rules/{code}': open(
    'the district’s alone, whoever asks; see cascade-routes.test.ts',
  ),
};
