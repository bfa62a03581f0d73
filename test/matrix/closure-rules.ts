import { list, record, type Rule } from './rule.ts';

/** 结案质量: 抽查, 更正 and 一次结案率. */
export const CLOSURE_RULES: Readonly<Record<string, Rule>> = {
  // Nothing is closed in the corners.
  'GET /api/v1/closure-quality': { kind: 'list', query: '?month=2026-01', shows: false },
  'GET /api/v1/closure-samples': list('?month=2026-01&limit=500'),
  'POST /api/v1/closure-samples/{id}/check': record('closure-sample'),
  'POST /api/v1/work-orders/{id}/amendments': {
    kind: 'record',
    of: 'work-order',
    body: { field: 'note', reads: '积水已抽排，路面恢复通行', reason: '原记录笔误' },
  },
};
