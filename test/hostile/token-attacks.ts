import { sql } from 'kysely';
import { expect } from 'vitest';

import type { Attack } from './attack.ts';
import { BEARER_ATTACKS } from './bearer-attacks.ts';
import { issue } from './issue.ts';
import { tokenOf } from './reply.ts';

const against = 'token';
const TOKENS = '/api/v1/tokens';

/** At the door where tokens are issued, changed and revoked. */
export const TOKEN_ATTACKS: readonly Attack[] = [
  {
    name: 'a token is issued with fields that make it another account’s, wider and without end',
    against,
    kind: 'mass-assignment',
    run: async (stage) => {
      const wanted = { accountId: 1, account_id: 1, issuedBy: { username: 'admin' }, token: 'chosen-by-me' };
      const rights = { role: 'system-admin', rights: ['account.manage'], scope: { places: [[0, 9e9]] } };
      const body = { name: 'hx-wide', kind: 'gateway', ...wanted, ...rights, revoked_at: null };
      const made = await stage.post(TOKENS, body, { as: 'flood.admin' });
      const bearer = tokenOf(made);
      return [
        made,
        await stage.send('/api/v1/accounts', { bearer }),
        await stage.send('/api/v1/readings?point=hx-gas', { bearer }),
        await stage.send('/api/v1/session', { bearer: 'chosen-by-me' }),
      ];
    },
    expect: ['201', '403 access.denied', '404 record.not-found', '401 session.expired'],
    changes: ['token'],
    effect: async (stage) =>
      expect(
        await stage.rows(sql`select a.username, t.expires_at, t.only_scenarios from token t
          join account a on a.id = t.account_id where t.name = 'hx-wide'`),
      ).toEqual([{ username: 'flood.admin', expires_at: null, only_scenarios: null }]),
  },
  {
    name: 'a personal token is issued in the name of another person',
    against,
    kind: 'mass-assignment',
    run: async (stage) => {
      const body = { name: 'hx-person', kind: 'person', account: 'admin', username: 'admin', accountId: 1 };
      const made = await stage.post(TOKENS, body, { as: 'flood.admin' });
      const bearer = tokenOf(made);
      return [
        made,
        await stage.send('/api/v1/audit', { bearer }),
        await stage.send('/api/v1/session', { bearer }),
      ];
    },
    expect: ['201', '403 access.denied', '200'],
    changes: ['token'],
    effect: (_stage, replies) =>
      expect(replies[2]?.json).toMatchObject({
        user: { username: 'flood.admin' },
        roles: [{ platform: 'FLOOD' }],
      }),
  },
  {
    name: 'a token for scenarios, a platform or a device where its issuer has no business',
    against,
    kind: 'mass-assignment',
    run: (stage) =>
      stage.each(
        [
          { kind: 'gateway', scenarios: ['GAS'] },
          { kind: 'gateway', scenarios: ['FLOOD', 'GAS'] },
          { kind: 'gateway', platform: 'GAS' },
          { kind: 'person', scenarios: ['FLOOD'] },
          { kind: 'device', device: 'hx-gas' },
          { kind: 'device', device: 'nobody' },
        ],
        (body) => stage.post(TOKENS, { name: 'x', ...body }, { as: 'flood.admin' }),
      ),
    expect: [
      ...Array.from({ length: 4 }, () => '400 input.invalid' as const),
      '404 record.not-found',
      '404 record.not-found',
    ],
  },
  {
    name: 'a kind that is not offered: an administrator’s, a list, an object’s own word',
    against,
    kind: 'malformed',
    run: (stage) =>
      stage.each(['admin', ['person'], 'constructor', '__proto__', null], (kind) =>
        stage.post(TOKENS, { name: 'x', kind }, { as: 'admin' }),
      ),
    expect: '400 input.invalid',
  },
  {
    name: 'whoever may issue no token issues one',
    against,
    kind: 'guessing',
    run: (stage) =>
      stage.each(['village.sample', 'auditor', 'security'] as const, (as) =>
        stage.post(TOKENS, { name: 'x', kind: 'person' }, { as }),
      ),
    expect: '403 access.denied',
  },
  {
    name: 'somebody else’s token is rotated and revoked by its number',
    against,
    kind: 'guessing',
    run: async (stage) => {
      const victim = await issue(stage, 'gas.admin', { name: 'hx-victim', kind: 'gateway' });
      return [
        await stage.post(`${TOKENS}/${victim.id}/rotate`, { graceMinutes: 10 }, { as: 'flood.admin' }),
        await stage.send(`${TOKENS}/${victim.id}`, { method: 'DELETE', as: 'flood.admin' }),
        await stage.send('/api/v1/objects', { bearer: victim.token }),
      ];
    },
    expect: ['404 record.not-found', '404 record.not-found', '200'],
    changes: ['token'],
  },
  {
    name: 'the system administrator takes over a person’s own token by rotating it',
    against,
    kind: 'guessing',
    run: async (stage) => {
      const victim = await issue(stage, 'gas.admin', { name: 'hx-own', kind: 'person' });
      return [
        await stage.post(`${TOKENS}/${victim.id}/rotate`, { graceMinutes: 10 }, { as: 'admin' }),
        await stage.send('/api/v1/session', { bearer: victim.token }),
      ];
    },
    expect: ['403 token.not-yours', '200'],
    changes: ['token'],
  },
  {
    name: 'numbers that are none: negative, huge, NaN, with SQL behind them',
    against,
    kind: 'guessing',
    run: (stage) =>
      stage.each(['-1', '0', 'NaN', 'Infinity', '1.5', '1%20or%201=1', "1'--", '9007199254740992'], (id) =>
        stage.send(`${TOKENS}/${id}`, { method: 'DELETE', as: 'admin' }),
      ),
    expect: '400 input.invalid',
  },
  {
    name: 'numbers larger than any table has',
    against,
    kind: 'guessing',
    run: async (stage) => [
      await stage.send(`${TOKENS}/2147483647`, { method: 'DELETE', as: 'admin' }),
      await stage.send(`${TOKENS}/2147483648`, { method: 'DELETE', as: 'admin' }),
      await stage.post(`${TOKENS}/9007199254740991/rotate`, { graceMinutes: 10 }, { as: 'admin' }),
    ],
    expect: ['404 record.not-found', '400 input.invalid', '400 input.invalid'],
  },
  {
    name: 'a name that is SQL and HTML: it is kept as the text it is',
    against,
    kind: 'injection',
    run: async (stage) => {
      const name = `'); delete from token; -- <img src=x onerror=alert(1)>`;
      await issue(stage, 'flood.admin', { name, kind: 'gateway' });
      return [await stage.send(`${TOKENS}?mine=true&limit=500`, { as: 'flood.admin' })];
    },
    expect: '200',
    changes: ['token'],
    effect: (_stage, [reply]) => {
      expect(reply?.text).toContain(`"'); delete from token; -- <img src=x onerror=alert(1)>"`);
      expect(reply?.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(reply?.text).not.toContain('token_hash');
    },
  },
  {
    name: 'a body far larger than a token needs, and a list of a hundred thousand scenarios',
    against,
    kind: 'oversized',
    run: async (stage) => [
      await stage.post(TOKENS, { name: 'x'.repeat(2_000_000), kind: 'gateway' }, { as: 'admin' }),
      await stage.post(
        TOKENS,
        { name: 'x', kind: 'gateway', scenarios: Array(100_000).fill('FLOOD') },
        { as: 'admin' },
      ),
    ],
    expect: ['413 input.too-large', '400 input.invalid'],
  },
  {
    name: 'a foreign page issues and revokes tokens with the victim’s cookie',
    against,
    kind: 'csrf',
    run: async (stage) => {
      const victim = { cookieOf: 'admin', headers: { origin: 'https://evil.example' } } as const;
      return [
        await stage.post(TOKENS, { name: 'x', kind: 'person' }, victim),
        await stage.send(`${TOKENS}/1`, { method: 'DELETE', ...victim }),
      ];
    },
    expect: '403 access.cross-site',
  },
  ...BEARER_ATTACKS,
];
