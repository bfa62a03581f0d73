import { CAPABILITIES, type Capability } from './capabilities.ts';
import { expect, test } from 'vitest';

import { type Grant, NO_RIGHTS, Rights } from './rights.ts';
import { type Role, ROLE_CAPABILITIES, ROLES, SEPARATED_ROLES } from './roles.ts';
import { type Scope, SCOPE_STRETCHES } from './scope.ts';

const TOWN: Scope = { places: [{ from: 100_000, to: 100_999 }], scenarios: [] };
const FLOOD: Scope = { places: [{ from: 1010, to: 1019 }], scenarios: [1] };
const IN_TOWN = { place: 100_010, scenario: 5 };
const IN_FLOOD = { place: 130_000, scenario: 1 };

function grant(role: Role, scope: Scope, actingFor: Grant['actingFor'] = null): Grant {
  return { role, platform: 'P', platformName: '平台', scope, actingFor };
}

test('a handler of the flood who also watches a town does not dispose in the town', () => {
  const rights = new Rights([grant('handler', FLOOD), grant('publisher', TOWN)]);
  expect(rights.mayAt('work-order.dispose', IN_FLOOD)).toBe(true);
  expect(rights.mayAt('work-order.dispose', IN_TOWN)).toBe(false);
  expect(rights.mayAt('work-order.read', IN_TOWN)).toBe(true);
  expect(rights.capabilitiesAt(IN_TOWN).has('work-order.dispose')).toBe(false);
  expect(rights.scopeOf('alert.publish')).toEqual(TOWN);
  expect(rights.scopeOf('audit.read')).toEqual({ places: [], scenarios: [] });
});

test('neighbouring and nested territories are one stretch; a fifth separate one is not reached at all', () => {
  const stretch = (from: number, to: number) =>
    grant('town-operator', { places: [{ from, to }], scenarios: [] });
  const joined = new Rights([stretch(100, 199), stretch(150, 160), stretch(200, 299), stretch(400, 499)]);
  expect(joined.scopeOf('work-order.read').places).toEqual([
    { from: 100, to: 299 },
    { from: 400, to: 499 },
  ]);
  const many = new Rights([1, 3, 5, 7, 9].map((n) => stretch(n * 1000, n * 1000 + 9)));
  expect(many.scopeOf('work-order.read').places).toHaveLength(SCOPE_STRETCHES);
  expect(many.mayAt('work-order.read', { place: 9001, scenario: null })).toBe(false);
});

test('a deputy acts for the principal only where no own role is enough', () => {
  const principal = { id: 7, username: 'flood.admin', name: '防汛业务管理员' };
  const rights = new Rights([grant('business-admin', TOWN), grant('business-admin', FLOOD, principal)]);
  expect(rights.actingFor('work-order.review', IN_FLOOD)).toEqual(principal);
  expect(rights.actingFor('work-order.review', IN_TOWN)).toBeNull();
  expect(rights.actingFor('work-order.review')).toBeNull();
  expect(rights.principals).toEqual([7]);
});

test('nobody has no rights', () => {
  for (const capability of CAPABILITIES) expect(NO_RIGHTS.has(capability)).toBe(false);
});

/** The matrix of catalog §5.1, row by row: who may, in the columns' order; all others may not. */
const MATRIX: Readonly<Partial<Record<Capability, readonly Role[]>>> = {
  'standard.draft': ['business-admin'],
  'standard.approve': ['department-owner'],
  'standard.deploy': ['tech-admin'],
  'warning.decide': ['department-owner', 'business-admin', 'coordinator'],
  'work-order.note': [
    'executive-owner',
    'department-owner',
    'business-admin',
    'handler',
    'safety-committee-office',
    'coordinator',
    'city-operations',
    'town-operator',
    'village-handler',
  ],
  'work-order.dispatch': ['business-admin', 'coordinator', 'town-operator'],
  'work-order.dispose': ['handler', 'town-operator', 'village-handler'],
  'work-order.act-for': ['business-admin'],
  'work-order.review': ['department-owner', 'business-admin', 'coordinator'],
  'incident.lead': ['executive-owner', 'department-owner', 'business-admin', 'coordinator'],
  'incident.coordinate': ['coordinator'],
  'form.answer': [
    'department-owner',
    'business-admin',
    'coordinator',
    'city-operations',
    'town-operator',
    'village-handler',
  ],
  'activation.decide': ['executive-owner', 'department-owner', 'coordinator'],
  'drill.run': ['business-admin', 'coordinator'],
  'alert.draft': ['business-admin'],
  'alert.review': ['executive-owner', 'department-owner'],
  'alert.endorse': ['coordinator'],
  'alert.publish': ['publisher'],
  'report.approve': ['department-owner'],
  'appraisal.manage': ['safety-committee-office'],
  'account.approve': ['department-owner', 'tech-owner', 'security-admin'],
  'audit.read': ['audit-admin'],
  'audit.export': ['audit-admin'],
};

test.each(Object.entries(MATRIX))('%s belongs to %j and to nobody else', (capability, roles) => {
  const holders = ROLES.filter((role) => ROLE_CAPABILITIES[role].includes(capability as Capability));
  expect(holders.toSorted()).toEqual([...roles].toSorted());
});

test('who drafts never approves, who deploys never drafts, and the three administrators share nothing that matters', () => {
  const pairs: readonly (readonly [Capability, Capability])[] = [
    ['standard.draft', 'standard.approve'],
    ['standard.draft', 'standard.deploy'],
    ['account.request', 'account.approve'],
    ['alert.draft', 'alert.publish'],
    ['alert.endorse', 'alert.publish'],
    ['report.draft', 'report.approve'],
    ['audit.read', 'account.manage'],
  ];
  for (const role of ROLES) {
    for (const [one, other] of pairs) {
      const both = [one, other].every((capability) => ROLE_CAPABILITIES[role].includes(capability));
      expect([role, one, other, both]).toEqual([role, one, other, false]);
    }
  }
  const acting = SEPARATED_ROLES.map((role) =>
    ROLE_CAPABILITIES[role].filter((one) => !one.endsWith('.read')),
  );
  const shared = acting.flat().filter((one, i, all) => all.indexOf(one) !== i);
  expect(shared).toEqual([]);
});

test('every capability is held by somebody, and every role holds something', () => {
  const held = new Set(Object.values(ROLE_CAPABILITIES).flat());
  expect(CAPABILITIES.filter((one) => !held.has(one))).toEqual([]);
  expect(ROLES.filter((role) => ROLE_CAPABILITIES[role].length === 0)).toEqual([]);
});
