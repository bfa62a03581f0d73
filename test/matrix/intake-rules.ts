import { before, fresh, list, open, own, record, type Rule } from './rule.ts';
import { CORNERS } from './zones.ts';

/** Sources that push, and what they bring that a person must look at. */
export const INTAKE_RULES: Readonly<Record<string, Rule>> = {
  'POST /ingest/{kind}/{source}': before('a source shows its own secret'),
  'GET /ingest/onenet/{source}': before('OneNET verifies an address with the secret'),
  'GET /api/v1/intake-sources': list('?limit=500'),
  'POST /api/v1/intake-sources': {
    kind: 'create',
    body: (zone) => ({
      code: fresh(zone),
      kind: 'ctwing',
      name: '接入源',
      platform: CORNERS[zone].platform,
      auth: 'url',
    }),
  },
  'PUT /api/v1/intake-sources/{id}': {
    kind: 'record',
    of: 'intake-source',
    body: { version: 9, name: '接入源', auth: 'url', addresses: [], settings: {}, enabled: true },
  },
  'GET /api/v1/intake-sources/{id}/kinds': record('intake-source'),
  'PUT /api/v1/intake-sources/{id}/kinds': { kind: 'record', of: 'intake-source', body: { kinds: [] } },
  'GET /api/v1/intake-sources/{id}/messages': record('intake-source'),
  'GET /api/v1/video-presets': open('mappings to begin with are the same for all'),
  'POST /api/v1/video-presets/try': open('judges what is pasted'),
  'POST /api/v1/analytics-results': own('a gateway’s scope and a device’s points are judged by the result'),
  'GET /api/v1/analytics-results': { kind: 'list', query: '?limit=500', shows: false },
  'POST /api/v1/back-fills': open('rows outside are faults; see back-fill.test.ts'),
  'GET /api/v1/back-fills': own('one’s own'),
  'POST /api/v1/social-reports': open('what lies outside goes to the platform of whoever reports it'),
  'GET /api/v1/suspected-events': list('?limit=500'),
  'GET /api/v1/suspected-events/{id}': record('suspected-event'),
  'GET /api/v1/suspected-events/{id}/picture': record('suspected-event'),
  'GET /api/v1/device-notes': { kind: 'list', query: '?limit=500', mark: (zone) => `"m-${zone}"` },
  'GET /api/v1/device-notes/{id}/picture': record('device-note'),
  'POST /api/v1/suspected-events/{id}/confirm': record('suspected-event'),
  'POST /api/v1/suspected-events/{id}/reject': {
    kind: 'record',
    of: 'suspected-event',
    body: { note: '核对权限' },
  },
  'POST /api/v1/suspected-events/{id}/end': record('suspected-event'),
};
