import { list, open, type Rule } from './rule.ts';
import { CORNERS, type Zone } from './zones.ts';

const ruleFor = (zone: Zone): object => {
  const { scenario } = CORNERS[zone];
  return {
    name: '核对权限',
    cause: { kind: 'item', code: `${scenario}.I01`, object: null, level: 'red' },
    item: `${scenario}.I02`,
    level: 'blue',
    reach: 'same',
    objects: [],
    reason: '核对权限用的规则',
  };
};

/** Of what is shelved, suppressed by design, or held back by anything. */
export const SHELVE_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/shelves': list('?limit=500'),
  'POST /api/v1/shelves': {
    kind: 'create',
    body: (zone) => ({
      target: { scope: 'sign', point: `m-${zone}`, sign: CORNERS[zone].sign },
      level: 'blue',
      minutes: 5,
      reasonKind: 'exercise',
      reason: '核对权限',
    }),
  },
  'POST /api/v1/shelves/{id}/confirm': { kind: 'record', of: 'shelf', body: { version: 9 } },
  'POST /api/v1/shelves/{id}/prolong': {
    kind: 'record',
    of: 'shelf',
    body: { version: 9, minutes: 5, reason: '核对权限' },
  },
  'POST /api/v1/shelves/{id}/end': { kind: 'record', of: 'shelf', body: { version: 9, reason: '核对权限' } },
  'GET /api/v1/alarm-holders': { kind: 'list', shows: false },
  'GET /api/v1/objects/{id}/holds': open(
    'of an object out of sight nothing is listed; see held-warnings.test.ts',
  ),
  'GET /api/v1/held-alarms': { kind: 'list', query: '?by=shelf/1', shows: false },
  'GET /api/v1/suppression-rules': open(
    'read by everybody, as the standard is: why something was not told must be found out',
  ),
  'POST /api/v1/suppression-rules': {
    kind: 'create',
    body: (zone) => ({ ...ruleFor(zone), scenario: CORNERS[zone].scenario }),
  },
  'PUT /api/v1/suppression-rules/{id}': {
    kind: 'record',
    of: 'suppression-rule',
    body: { ...ruleFor('flood'), version: 9 },
  },
  'POST /api/v1/suppression-rules/{id}/end': { kind: 'record', of: 'suppression-rule', body: { version: 9 } },
};
