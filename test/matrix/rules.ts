import { EMPTY_STANDARD } from './empty-standard.ts';
import { DESK_RULES } from './desk-rules.ts';
import { COVERAGE_RULES } from './coverage-rules.ts';
import { QUALITY_RULES } from './quality-rules.ts';
import { OPERATIONS_RULES } from './operations-rules.ts';
import { GATEWAY_RULES } from './gateway-rules.ts';
import { INCIDENT_REPORT_RULES } from './incident-report-rules.ts';
import { INTAKE_RULES } from './intake-rules.ts';
import { CHASE_RULES } from './chase-rules.ts';
import { INCIDENT_RULES } from './incident-rules.ts';
import { DRILL_RULES } from './drill-rules.ts';
import { HAND_RULES } from './hand-rules.ts';
import { LINK_RULES } from './link-rules.ts';
import { PHONE_RULES } from './phone-rules.ts';
import { SESSION_RULES } from './session-rules.ts';
import { SHARING_RULES } from './sharing-rules.ts';
import { CASCADE_RULES } from './cascade-rules.ts';
import { WARNING_RULES } from './warning-rules.ts';
import { fresh, LAW, list, open, own, record, type Rule } from './rule.ts';
import { CORNERS, type Zone } from './zones.ts';

const at = (zone: Zone) => CORNERS[zone];
const SPOT = { lat: 31.2, lon: 121.6 };

/** Every route of the document. One that is missing here fails the test: whoever adds a route says what holds of it. */
export const RULES: Readonly<Record<string, Rule>> = {
  ...DESK_RULES,
  ...LINK_RULES,
  ...INCIDENT_REPORT_RULES,
  ...SESSION_RULES,
  'GET /api/v1/tokens': { kind: 'list' },
  'POST /api/v1/tokens': own('a token reaches no further than whoever issues it'),
  'POST /api/v1/tokens/{id}/rotate': record('token'),
  'DELETE /api/v1/tokens/{id}': record('token'),

  'GET /api/v1/identity/mappings': open('one table for the whole district'),
  'PUT /api/v1/identity/mappings': open('one table for the whole district'),
  'POST /api/v1/identity/mappings/try': open('judges what is pasted'),
  'GET /api/v1/audit': open('auditors read the trail of everywhere'),
  'GET /api/v1/audit/export': open('auditors read the trail of everywhere'),
  'GET /api/v1/audit/heads': open('the chain has one end'),
  'GET /api/v1/audit/state': open('the chain has one end'),

  'GET /api/v1/platforms': open('the tree is public but for villages, see row-level-security.test.ts'),
  'GET /api/v1/platforms/{code}': open('what it counts is judged by the lists'),
  'PUT /api/v1/platforms/{code}': record('platform'),
  'POST /api/v1/platforms/{code}/contacts/{id}/reveal': record('contact-of-platform'),
  'GET /api/v1/platforms/{code}/settings': open('what is set above holds below and is read there'),
  'PUT /api/v1/platforms/{code}/settings/{key}': record('platform'),
  'DELETE /api/v1/platforms/{code}/settings/{key}': record('platform'),
  'GET /api/v1/units': list('?limit=500'),
  'POST /api/v1/units': {
    kind: 'create',
    body: (zone) => ({ code: fresh(zone), name: '单位', kind: 'owner', platform: at(zone).platform }),
  },
  'PUT /api/v1/units/{id}': record('unit'),
  'POST /api/v1/units/{id}/reveal': record('unit'),
  'GET /api/v1/responsibilities': { kind: 'list', query: '?limit=500', shows: false },
  'POST /api/v1/imports': open('a dry run judges what is sent; see the tests of imports for rows outside'),
  'GET /api/v1/import-mappings': own('mappings are one’s own'),
  'POST /api/v1/import-mappings': own('mappings are one’s own'),
  'DELETE /api/v1/import-mappings/{id}': own('mappings are one’s own'),
  'GET /api/v1/exports': { kind: 'list', query: '?kind=objects&format=json', mayRefuse: true },

  'GET /api/v1/objects': list('?limit=500'),
  'POST /api/v1/objects': {
    kind: 'create',
    body: (zone) => ({
      code: fresh(zone),
      name: '对象',
      scenarios: [at(zone).scenario],
      ...SPOT,
      ...at(zone).where,
    }),
  },
  'GET /api/v1/objects/{id}': record('object'),
  'PUT /api/v1/objects/{id}': record('object'),
  'GET /api/v1/objects/{id}/links': record('object'),
  'PUT /api/v1/objects/{id}/links': { kind: 'record', of: 'object', body: { links: [] } },
  'DELETE /api/v1/objects/{id}': record('object', '?version=1&reason=不再使用了'),
  'GET /api/v1/map': list(),
  'GET /api/v1/map/borders': open('public borders'),
  'PUT /api/v1/map/borders': open('the whole district or nothing; see object.test.ts'),

  'GET /api/v1/accounts': list('?limit=500'),
  'GET /api/v1/accounts/{id}': record('account'),
  'POST /api/v1/accounts/{id}/disable': record('account'),
  'POST /api/v1/accounts/{id}/enable': record('account'),
  'POST /api/v1/accounts/{id}/unlock': record('account'),
  'POST /api/v1/accounts/{id}/reset-password': record('account'),
  'POST /api/v1/accounts/{id}/reset-second-factor': record('account'),
  'POST /api/v1/accounts/{id}/reveal': record('account'),
  'GET /api/v1/account-requests': list('?limit=500'),
  'POST /api/v1/account-requests': {
    kind: 'create',
    refusal: 'account.request-faulty',
    body: (zone) => ({
      action: 'open',
      username: fresh(zone),
      name: '新人',
      platform: at(zone).platform,
      roles: [{ role: at(zone).hand, platform: at(zone).platform }],
      reason: '新到岗位，需要账号',
    }),
  },
  'POST /api/v1/account-requests/bulk': open(
    'lists the faults of each row, those outside among them; see account tests',
  ),
  'POST /api/v1/account-requests/{id}/approve': record('account-request'),
  'POST /api/v1/account-requests/{id}/refuse': record('account-request'),
  'POST /api/v1/account-requests/{id}/withdraw': record('account-request'),
  'POST /api/v1/account-request-batches/{id}/approve': record('account-batch'),
  'POST /api/v1/account-request-batches/{id}/refuse': record('account-batch'),
  'GET /api/v1/account-reviews': { kind: 'list', shows: false },
  'POST /api/v1/account-reviews': { kind: 'create', body: (zone) => ({ platform: at(zone).platform }) },
  'GET /api/v1/account-reviews/{id}/items': record('account-review'),
  'POST /api/v1/account-reviews/{id}/verdict': record('account-review'),
  'GET /api/v1/teams': list('?limit=500'),
  'POST /api/v1/teams': {
    kind: 'create',
    body: (zone) => ({
      code: fresh(zone),
      name: '班组',
      platform: at(zone).platform,
      members: [],
      roles: [],
    }),
  },
  'PUT /api/v1/teams/{id}': record('team'),
  'GET /api/v1/delegations': { kind: 'list', query: '?of=all', shows: false, mayRefuse: true },
  'POST /api/v1/delegations': own('one’s own deputies; for others see the account tests'),
  'POST /api/v1/delegations/{id}/end': record('delegation'),

  'GET /api/v1/elements': LAW,
  'GET /api/v1/parameters': LAW,
  'GET /api/v1/composite-signs': LAW,
  'GET /api/v1/composite-sign-objects': { kind: 'list', query: '?sign=FLOOD.X01', shows: false },
  ...COVERAGE_RULES,
  ...QUALITY_RULES,
  ...OPERATIONS_RULES,
  ...GATEWAY_RULES,
  ...INTAKE_RULES,
  ...INCIDENT_RULES,
  ...SHARING_RULES,
  'GET /api/v1/switched-off-signs': { kind: 'list', shows: false },
  'GET /api/v1/items': LAW,
  'GET /api/v1/signs': LAW,
  'GET /api/v1/handbooks': LAW,
  'GET /api/v1/signs/{code}/record': open('counts what lies within reach; see sign-record.test.ts'),
  'GET /api/v1/own-limits': list('?limit=500'),
  'POST /api/v1/own-limits': {
    kind: 'create',
    body: (zone) => ({
      object: `m-${zone}`,
      sign: at(zone).sign,
      limits: { levels: {}, offDelaySeconds: 7200 },
      reason: '现场反复，须等水退稳',
    }),
  },
  'POST /api/v1/own-limits/{id}/approve': record('own-limit'),
  'POST /api/v1/own-limits/{id}/refuse': record('own-limit'),
  'POST /api/v1/own-limits/{id}/end': record('own-limit'),
  'GET /api/v1/objects/{id}/signs': record('object'),
  'GET /api/v1/standard-versions': LAW,
  'GET /api/v1/standard-versions/{id}': LAW,
  'GET /api/v1/standard-versions/{id}/deployment': open(
    'of the scenarios one deploys; see standard-life.test.ts',
  ),
  'POST /api/v1/standard-versions/{id}/shown': own('only one’s own screen is believed'),
  'POST /api/v1/standard-versions/{id}/cancel': open(
    'only what is to come, of one’s own; see version.test.ts',
  ),
  'GET /api/v1/standard-drafts': list('?limit=500'),
  'POST /api/v1/standard-drafts': {
    kind: 'create',
    body: (zone) => ({ scenario: at(zone).scenario, reason: '依据已经修订' }),
  },
  'GET /api/v1/standard-drafts/{id}': record('standard-draft'),
  'PUT /api/v1/standard-drafts/{id}': { kind: 'record', of: 'standard-draft', body: EMPTY_STANDARD },
  'GET /api/v1/standard-drafts/{id}/compare': record('standard-draft'),
  'GET /api/v1/standard-drafts/{id}/signs.xlsx': record('standard-draft'),
  'POST /api/v1/standard-drafts/{id}/signs.xlsx': {
    kind: 'record',
    of: 'standard-draft',
    query: '?version=1',
    raw: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  'POST /api/v1/standard-drafts/{id}/submit': record('standard-draft'),
  'POST /api/v1/standard-drafts/{id}/withdraw': record('standard-draft'),
  'POST /api/v1/standard-drafts/{id}/refuse': record('standard-draft'),
  'POST /api/v1/standard-drafts/{id}/publish': record('standard-draft'),
  'POST /api/v1/standard-drafts/{id}/rehearsals': record('standard-draft'),
  'GET /api/v1/standard-drafts/{id}/rehearsals': record('standard-draft'),
  'GET /api/v1/rehearsals/{id}': record('rehearsal'),
  'POST /api/v1/rehearsals/{id}/cancel': record('rehearsal'),
  'GET /api/v1/known-cases': list('?limit=500'),
  'POST /api/v1/known-cases': {
    kind: 'create',
    body: (zone) => ({
      scenario: at(zone).scenario,
      cases: [{ kind: 'incident', from: 1, to: 2, text: '积水', source: '日志' }],
    }),
  },
  'DELETE /api/v1/known-cases/{id}': record('known-case'),

  'POST /api/v1/readings': own('a gateway’s scope and a device’s points are judged row by row'),
  'GET /api/v1/readings': { kind: 'create', query: (zone) => `?point=m-${zone}` },
  'POST /api/v1/points': {
    kind: 'create',
    body: (zone) => ({ code: fresh(zone), object: `m-${zone}`, element: at(zone).element }),
  },
  'GET /api/v1/points': list('?limit=500'),
  'GET /api/v1/fire-weather-days': { kind: 'list', shows: false },
  'POST /api/v1/devices': {
    kind: 'create',
    body: (zone) => ({ code: fresh(zone), protocol: 'http', points: [{ factor: 'x', point: `m-${zone}` }] }),
  },
  'GET /api/v1/devices': { kind: 'list', query: '?limit=500', mark: (zone) => `"m-${zone}"` },
  'GET /api/v1/quarantine': open('strangers have no place yet'),
  'POST /api/v1/replay-sessions': {
    kind: 'create',
    body: (zone) => ({ name: '回放', devices: [`m-${zone}`] }),
  },
  'GET /api/v1/replay-sessions': open('names and clocks of replays'),
  'DELETE /api/v1/replay-sessions/{id}': open('a session has no place; see replay-sessions.test.ts'),

  ...WARNING_RULES,
  ...CASCADE_RULES,
  ...HAND_RULES,
  ...PHONE_RULES,
  ...CHASE_RULES,
  ...DRILL_RULES,
  'GET /api/v1/work-orders': list('?limit=500'),
  'GET /api/v1/work-orders/{id}': record('work-order'),
  'POST /api/v1/work-orders/{id}/advance': record('work-order'),
  'POST /api/v1/work-orders/{id}/attachments': {
    kind: 'record',
    of: 'work-order',
    query: '?name=a.png',
    raw: 'image/png',
  },
  'GET /api/v1/attachments/{id}': record('attachment'),
  'GET /api/v1/indicators/month': { kind: 'list', shows: false },

  'GET /api/v1/calendars/{id}/{year}': open('one calendar for all'),
  'PUT /api/v1/calendars/{id}/{year}': open('the district only; see the calendar’s test'),
  'GET /api/v1/rosters': list('?limit=500'),
  'POST /api/v1/rosters': {
    kind: 'create',
    body: (zone) => ({
      name: fresh(zone),
      platform: at(zone).platform,
      pattern: { workday: [{ name: '', from: '08:30', to: '08:30' }] },
      seats: [{ name: '值班员', rota: [] }],
    }),
  },
  'GET /api/v1/rosters/{id}': record('roster'),
  'PUT /api/v1/rosters/{id}': record('roster'),
  'POST /api/v1/rosters/{id}/generate': record('roster'),
  'GET /api/v1/shifts': list('?limit=500'),
  'PUT /api/v1/shifts/{id}': record('shift'),
  'POST /api/v1/shifts/{id}/call': record('shift'),
  'GET /api/v1/shift-swaps': list('?limit=500'),
  'POST /api/v1/shift-swaps': own('only a shift of one’s own is offered'),
  'POST /api/v1/shift-swaps/{id}/decide': record('swap'),
  'GET /api/v1/duty/now': list('?limit=500'),
  'GET /api/v1/duty/who': { kind: 'list', query: (zone) => `?platform=${at(zone).platform}` },
  'POST /api/v1/handovers': own('only the shift one stands in is handed over'),
  'GET /api/v1/handovers': list('?limit=500'),
  'GET /api/v1/handovers/{id}': record('handover'),
  'POST /api/v1/handovers/{id}/sign': record('handover'),
  'POST /api/v1/handovers/{id}/notes': record('handover'),
  'GET /api/v1/duty-log': list('?limit=500'),
  'POST /api/v1/duty-log': {
    kind: 'create',
    body: (zone) => ({ text: '日志一行', platform: at(zone).platform }),
  },
  'GET /api/v1/duty-log/export': { kind: 'list', shows: false },
  'POST /api/v1/duty-log/{id}/correct': record('log-line'),
  'POST /api/v1/duty-log/{id}/mark': record('log-line'),
  'POST /api/v1/duty-log/{id}/outcome': record('log-line'),
  'GET /api/v1/contacts': list('?limit=500'),
  'POST /api/v1/contacts': {
    kind: 'create',
    body: (zone) => ({ name: '岗位', platform: at(zone).platform }),
  },
  'PUT /api/v1/contacts/{id}': record('contact'),
  'POST /api/v1/contacts/{id}/call': record('contact'),
  'GET /api/v1/stores': list('?limit=500'),
  'POST /api/v1/stores': {
    kind: 'create',
    body: (zone) => ({ name: '物资库', platform: at(zone).platform, ...SPOT, items: [] }),
  },
  'PUT /api/v1/stores/{id}': {
    kind: 'record',
    of: 'store',
    body: { name: '物资库', ...SPOT, items: [], version: 1 },
  },
};
