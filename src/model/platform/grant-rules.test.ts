import { expect, test } from 'vitest';

import { accountStateOf } from './account-state.ts';
import {
  decidingGrants,
  grantFaults,
  PERSON_ROLES,
  separationFaults,
  type WantedGrant,
} from './grant-rules.ts';
import type { Grant } from './rights.ts';
import { type Role, SEPARATED_ROLES } from './roles.ts';

const DISTRICT = { code: 'PD', name: '区总平台', kind: 'district' } as const;
const FLOOD = { code: 'FLOOD', name: '防汛防台', kind: 'scenario' } as const;
const everywhere = { places: [{ from: 1, to: 999_999 }], scenarios: [] };
const flood = { places: [{ from: 1010, to: 1019 }], scenarios: [1] };

const town = (n: number): WantedGrant => ({
  role: 'handler',
  platform: { code: `town${n}`, name: `镇${n}`, kind: 'town' },
  scope: { places: [{ from: n * 10_000, to: n * 10_000 + 999 }], scenarios: [] },
});
const at = (role: Role, platform: WantedGrant['platform'] = DISTRICT): WantedGrant => ({
  role,
  platform,
  scope: platform === DISTRICT ? everywhere : flood,
});

test('several roles in several places may be one person’s', () => {
  expect(grantFaults([at('business-admin', FLOOD), at('handler', FLOOD), town(1), town(2)])).toEqual([]);
});

test('no two of the separated roles, and none beside any other role, are one person’s', () => {
  for (const role of SEPARATED_ROLES) {
    expect(separationFaults([role])).toEqual([]);
    expect(separationFaults([role, role])).toEqual([]);
    for (const other of PERSON_ROLES.filter((one) => one !== role)) {
      expect([role, other, separationFaults([role, other]).length]).toEqual([role, other, 1]);
    }
  }
  expect(separationFaults(['handler', 'business-admin'])).toEqual([]);
});

test('a role exists at its kind of platform only; a gateway’s is nobody’s', () => {
  expect(grantFaults([at('system-admin', FLOOD)])[0]).toContain('系统管理员');
  expect(grantFaults([at('village-handler')])).toHaveLength(1);
  expect(grantFaults([at('gateway')])[0]).toContain('令牌');
  expect(PERSON_ROLES).not.toContain('gateway');
});

test('the same role at the same platform twice is told once', () => {
  expect(grantFaults([at('handler', FLOOD), at('handler', FLOOD), at('handler', FLOOD)])).toEqual([
    '“处置人员”在“防汛防台”重复了',
  ]);
});

test('a capability holds four separate territories, not five; neighbours count as one', () => {
  expect(grantFaults([1, 2, 3, 4].map(town))).toEqual([]);
  expect(grantFaults([1, 2, 3, 4, 5].map(town))[0]).toContain('5 块互不相连');
  const neighbours = [0, 1, 2, 3, 4, 5].map((n) => ({
    ...town(1),
    platform: { code: `t${n}`, name: `镇${n}`, kind: 'town' as const },
    scope: { places: [{ from: 1000 * n, to: 1000 * n + 999 }], scenarios: [] },
  }));
  expect(grantFaults(neighbours)).toEqual([]);
  // Reading and reviewing in different places do not add up to more than each needs.
  const apart = [1, 2, 3].map(town);
  const others = [4, 5].map((n): WantedGrant => ({ ...town(n), role: 'publisher' }));
  expect(grantFaults([...apart, ...others]).some((fault) => fault.includes('5 块'))).toBe(true);
});

const grant = (role: Role, scope = flood, actingFor: Grant['actingFor'] = null): Grant => ({
  role,
  platform: '',
  platformName: '',
  scope,
  actingFor,
});

test('who decides: the own unit for business, the technical unit for technicians, the security administrator for all', () => {
  const here = { place: 1010, scenario: 1 };
  const deciders = (role: Role, by: Grant): boolean => decidingGrants([by], { role, ...here }).length > 0;
  expect(deciders('handler', grant('department-owner'))).toBe(true);
  expect(deciders('tech-admin', grant('department-owner'))).toBe(false);
  expect(deciders('tech-admin', grant('tech-owner'))).toBe(true);
  expect(deciders('handler', grant('tech-owner'))).toBe(false);
  expect(deciders('system-admin', grant('security-admin', everywhere))).toBe(true);
  expect(deciders('coordinator', grant('department-owner'))).toBe(false);
  expect(deciders('handler', grant('business-admin'))).toBe(false);
  expect(deciders('gateway', grant('security-admin', everywhere))).toBe(false);
  expect(decidingGrants([grant('department-owner')], { role: 'handler', place: 2010, scenario: 5 })).toEqual(
    [],
  );
});

test('one’s own grant decides before one that is held for somebody', () => {
  const boss = { id: 7, username: 'boss', name: '责任人' };
  const found = decidingGrants([grant('department-owner', flood, boss), grant('department-owner')], {
    role: 'handler',
    place: 1010,
    scenario: 1,
  });
  expect(found.map(({ actingFor }) => actingFor?.id ?? null)).toEqual([null, 7]);
});

test('the state of an account is the worst that holds', () => {
  const day = 86_400_000;
  const now = 1000 * day;
  const fresh = {
    leftAt: null,
    disabledAt: null,
    expiresAt: null,
    lockedUntil: null,
    firstPassword: false,
    lastUsedAt: now,
    staleDays: 60,
  };
  expect(accountStateOf(fresh, now)).toBe('open');
  expect(accountStateOf({ ...fresh, lastUsedAt: now - 60 * day }, now)).toBe('stale');
  expect(accountStateOf({ ...fresh, lastUsedAt: now - 30 * day, staleDays: 30 }, now)).toBe('stale');
  expect(accountStateOf({ ...fresh, expiresAt: now + 30 * day }, now)).toBe('expiring');
  expect(accountStateOf({ ...fresh, expiresAt: now, firstPassword: true }, now)).toBe('expired');
  expect(accountStateOf({ ...fresh, firstPassword: true }, now)).toBe('first-password');
  expect(accountStateOf({ ...fresh, lockedUntil: now + 1, firstPassword: true }, now)).toBe('locked');
  expect(accountStateOf({ ...fresh, lockedUntil: now }, now)).toBe('open');
  expect(accountStateOf({ ...fresh, disabledAt: 1, expiresAt: 1 }, now)).toBe('disabled');
  expect(accountStateOf({ ...fresh, disabledAt: 1, leftAt: 1 }, now)).toBe('left');
});
