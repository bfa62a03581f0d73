import { list, record, type Rule } from './rule.ts';

/** Of alarms that wait for a person, and of what a person says of a warning. */
export const LIFE_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/verifications': list('?limit=500'),
  'GET /api/v1/verifications/{id}': record('verification'),
  'POST /api/v1/verifications/{id}/confirm': {
    kind: 'record',
    of: 'verification',
    body: { level: 'blue', note: '现场电话核实' },
  },
  'POST /api/v1/verifications/{id}/refuse': {
    kind: 'record',
    of: 'verification',
    body: { reason: 'weather' },
  },
  'POST /api/v1/verifications/{id}/more': {
    kind: 'record',
    of: 'verification',
    body: { note: '请补一张现场照片', minutes: 10 },
  },
  'POST /api/v1/warnings/{id}/judge': { kind: 'record', of: 'warning', body: { reason: 'test' } },
  'POST /api/v1/warnings/{id}/reopen': { kind: 'record', of: 'warning', body: { reason: '结案结错了' } },
};
