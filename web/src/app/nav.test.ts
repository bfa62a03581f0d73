import { ROLE_CAPABILITIES, ROLE_TEXT, type Role } from '#model/platform';
import { expect, test } from 'vitest';

import { navOf } from './nav.ts';

const sessionOf = (role: Role, home: 'duty' | 'todo') => ({
  user: { id: 1, username: role, name: ROLE_TEXT[role] },
  roles: [{ role, roleName: ROLE_TEXT[role], platform: 'P', platformName: '平台', actingFor: null }],
  capabilities: [...ROLE_CAPABILITIES[role]],
  home,
  expiresAt: 0,
  obligation: null,
  secondFactor: false,
  mayBindDevice: false,
  notices: [],
});

test('a handler has only what waits for him', () => {
  expect(navOf(sessionOf('handler', 'todo'))).toEqual({
    home: { to: '/todo', text: '我的待办', short: '我的待办' },
    main: [],
    more: [],
  });
});

test('nobody has more than five entries beside the home, and nothing open to him is lost', () => {
  for (const role of ['business-admin', 'tech-admin', 'executive-owner', 'city-operations'] as const) {
    const repairs = role === 'city-operations' ? [] : ['/operations'];
    const { main, more } = navOf(sessionOf(role, 'duty'));
    expect(main).toHaveLength(5);
    expect([...main, ...more].map((entry) => entry.to).toSorted()).toEqual(
      [
        '/command',
        '/map',
        '/monitoring',
        '/orders',
        '/platforms',
        '/report',
        '/todo',
        '/warnings',
        ...repairs,
      ].toSorted(),
    );
  }
});

test('a technical role has 技术保障 before it, all others find it under 更多', () => {
  expect(navOf(sessionOf('tech-admin', 'duty')).main.map(({ to }) => to)).toContain('/operations');
  expect(navOf(sessionOf('business-admin', 'duty')).more.map(({ to }) => to)).toContain('/operations');
});

test('whoever keeps accounts or the audit has no duty desk, and finds 平台体系 beside what waits', () => {
  for (const role of ['audit-admin', 'security-admin'] as const) {
    const { home, main } = navOf(sessionOf(role, 'todo'));
    expect([home.to, ...main.map(({ to }) => to)]).toEqual(['/todo', '/platforms']);
  }
});

test('an auditor sees the tree of platforms and nothing that he may not read', () => {
  const { main, more } = navOf(sessionOf('audit-admin', 'duty'));
  expect([...main, ...more].map((entry) => entry.text)).toEqual(['平台体系']);
});
