import { list, open, record, type Rule } from './rule.ts';
import { CORNERS, type Zone } from './zones.ts';

const pointOf = (zone: Zone): string => `m-${zone}`;
const townOf = (zone: Zone): string => {
  const { where } = CORNERS[zone];
  return 'town' in where ? where.town : where.village.slice(0, 9);
};
const blindAt = (zone: Zone): string => `?scenario=${CORNERS[zone].scenario}&town=${townOf(zone)}&limit=500`;
const HOUR_MS = 3_600_000;
const now = Date.now();

/** Of data quality: figures, findings, corrections, windows of service. */
export const QUALITY_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/blind-spots': { kind: 'list', shows: false },
  'GET /api/v1/blind-spots/points': { kind: 'list', query: blindAt, mark: pointOf },
  'GET /api/v1/blind-spots/objects': { kind: 'list', query: blindAt },
  'GET /api/v1/populations': open('public figures of towns'),
  'PUT /api/v1/populations': {
    kind: 'create',
    body: (zone) => ({
      town: townOf(zone),
      residents: 100_000,
      source: '核对权限',
      asOf: '2020-11-01',
      version: 9,
    }),
  },
  'GET /api/v1/quality': { kind: 'list', query: '?by=point&limit=500', mark: pointOf },
  'GET /api/v1/quality/findings': { kind: 'list', shows: false },
  'GET /api/v1/quality/confidence': {
    kind: 'create',
    query: (zone) => `?point=${pointOf(zone)}`,
  },
  'GET /api/v1/rarity': { kind: 'create', query: (zone) => `?point=${pointOf(zone)}` },
  'GET /api/v1/quality/gaps': {
    kind: 'create',
    query: (zone) => `?point=${pointOf(zone)}&from=${now - HOUR_MS}&to=${now}`,
  },
  'GET /api/v1/roll-ups': {
    kind: 'create',
    query: (zone) => `?point=${pointOf(zone)}&by=hour&from=${now - HOUR_MS}&to=${now}`,
  },
  'GET /api/v1/retention': open('one time for the whole district; sums and dates, no names'),
  'POST /api/v1/retention/clock': open('the whole district or nothing; see retention.test.ts'),
  'GET /api/v1/quality/pipeline': open('sums of what the scope reaches; no names'),
  'GET /api/v1/reading-corrections': {
    kind: 'list',
    query: '?limit=500',
    mark: (zone) => `${CORNERS[zone].mark}标定`,
  },
  'POST /api/v1/reading-corrections': {
    kind: 'create',
    body: (zone) => ({
      point: pointOf(zone),
      from: now - 2 * HOUR_MS,
      to: now - HOUR_MS,
      kind: 'bad',
      reason: '核对权限',
    }),
  },
  'DELETE /api/v1/reading-corrections/{id}': record('reading-correction', '?version=9'),
  'GET /api/v1/service-windows': list('?limit=500'),
  'POST /api/v1/service-windows': {
    kind: 'create',
    body: (zone) => ({
      kind: 'maintenance',
      point: pointOf(zone),
      from: now + 100 * HOUR_MS,
      to: now + 101 * HOUR_MS,
      reason: '核对权限',
    }),
  },
  'POST /api/v1/service-windows/{id}/end': { kind: 'record', of: 'service-window', body: { version: 9 } },
  'POST /api/v1/service-windows/{id}/review': {
    kind: 'record',
    of: 'service-window',
    body: { version: 9, reason: '核对权限' },
  },
};
