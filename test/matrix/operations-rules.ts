import { ALIVE_RULES } from './alive-rules.ts';
import { list, record, type Rule } from './rule.ts';

/** Of faults. */
export const OPERATIONS_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/faults': list('?limit=500'),
  'GET /api/v1/fault-counts': { kind: 'list', shows: false },
  'GET /api/v1/faults/{id}': record('fault'),
  'POST /api/v1/faults': {
    kind: 'create',
    body: (zone) => ({
      subject: { kind: 'point', key: `m-${zone}` },
      kind: 'network-lost',
      summary: '没有信号',
    }),
  },
  'POST /api/v1/faults/{id}/advance': record('fault'),
  ...ALIVE_RULES,
};
