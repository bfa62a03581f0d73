import { CORNERS } from './zones.ts';
import { list, open, record, type Rule } from './rule.ts';

const REASON = '台风影响，统一指挥';

/** Of incidents, their co-units and the forms that towns answer. */
export const INCIDENT_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/incidents': list('?limit=500'),
  'POST /api/v1/incidents': open('orders outside are not found; see incident.test.ts'),
  'GET /api/v1/incidents/{id}': record('incident'),
  'GET /api/v1/incidents/{id}/entries': record('incident'),
  'GET /api/v1/incidents/{id}/orders': record('incident'),
  'POST /api/v1/incidents/{id}/adopt': {
    kind: 'record',
    of: 'incident',
    // Orders of nobody: one of another corner would rightly show the incident there.
    body: { reason: REASON, orders: [2_147_483_647] },
  },
  'POST /api/v1/incidents/{id}/release': record('incident'),
  'POST /api/v1/incidents/{id}/advance': record('incident'),
  'POST /api/v1/incidents/{id}/parts': {
    kind: 'record',
    of: 'incident',
    body: { unit: '区卫生健康委', told: '派救护车待命' },
  },
  'POST /api/v1/incidents/{id}/forms': {
    kind: 'record',
    of: 'incident',
    body: {
      title: '转移人数',
      fields: [{ key: 'moved', text: '已转移人数', kind: 'number' }],
      limitMinutes: 30,
      until: '2099-01-01T00:00:00+08:00',
    },
  },
  'POST /api/v1/incident-parts/{id}/answer': record('incident-part'),
  'POST /api/v1/incident-parts/{id}/waive': record('incident-part'),
  'GET /api/v1/incident-forms/{id}': record('incident-form'),
  'POST /api/v1/incident-forms/{id}/end': record('incident-form'),
  'GET /api/v1/incident-form-dues': { kind: 'list', shows: false },
  'POST /api/v1/incident-form-dues/{id}/answer': record('incident-form-due'),
  'GET /api/v1/activations': open('应急响应 in force stand on every screen'),
  'GET /api/v1/activations/{id}': open('应急响应 in force stand on every screen'),
  'POST /api/v1/activations': {
    kind: 'create',
    body: (zone) => ({ plan: 'flood', grade: 'IV', platform: CORNERS[zone].platform, ground: REASON }),
  },
  'POST /api/v1/activations/{id}/change': {
    kind: 'record',
    of: 'activation',
    body: { grade: 'III', reason: REASON },
  },
  'PUT /api/v1/activations/{id}/measures': record('activation'),
};
