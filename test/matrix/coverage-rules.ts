import { fresh, LAW, list, record, type Rule } from './rule.ts';
import { CORNERS, ledgerLine, type Zone } from './zones.ts';

const at = (zone: Zone) => CORNERS[zone];

/** Of the base ledger, of coverage and of changed bases. */
export const COVERAGE_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/object-kinds': LAW,
  'POST /api/v1/object-kinds': {
    kind: 'create',
    body: (zone) => ({
      scenario: at(zone).scenario,
      name: fresh(zone),
      elements: [at(zone).element],
      basis: '核对',
    }),
  },
  'PUT /api/v1/object-kinds/{id}': record('object-kind'),
  'GET /api/v1/ledger-entries': list('?limit=500'),
  'POST /api/v1/ledger-entries': {
    kind: 'create',
    body: (zone) => ({ ...ledgerLine(zone), name: fresh(zone) }),
  },
  'PUT /api/v1/ledger-entries/{id}': record('ledger-entry'),
  'DELETE /api/v1/ledger-entries/{id}': record('ledger-entry', '?version=9&reason=核对权限'),
  'GET /api/v1/coverage': { kind: 'list', shows: false },
  'GET /api/v1/coverage/lacking': list('?gap=unregistered&limit=500'),
  'GET /api/v1/coverage.xlsx': { kind: 'list', shows: false },
  'GET /api/v1/coverage-plans': list('?limit=500'),
  'POST /api/v1/coverage-plans': {
    kind: 'create',
    body: (zone) => ({
      gap: 'blind',
      scenario: at(zone).scenario,
      object: `m-${zone}`,
      what: '加装测点',
      who: '本平台',
      dueOn: '2099-12-31',
    }),
  },
  'PUT /api/v1/coverage-plans/{id}': {
    kind: 'record',
    of: 'coverage-plan',
    body: { version: 9, what: '加装测点', who: '本平台', dueOn: '2099-12-31' },
  },
  'DELETE /api/v1/coverage-plans/{id}': record('coverage-plan', '?version=9&reason=核对权限'),
  'GET /api/v1/bases': LAW,
  'POST /api/v1/basis-changes': {
    kind: 'create',
    body: (zone) => ({
      scenario: at(zone).scenario,
      document: '没有这个文件',
      successor: '新文件',
      changedOn: '2026-01-01',
    }),
  },
  'POST /api/v1/objects/{id}/relocations': {
    kind: 'record',
    of: 'object',
    body: { successor: '别处', changedOn: '2026-01-01' },
  },
  'GET /api/v1/basis-tasks': list('?limit=500'),
  'POST /api/v1/basis-tasks/{id}/keep': record('basis-task'),
  'GET /api/v1/indicators/standard-updates': { kind: 'list', shows: false },
};
