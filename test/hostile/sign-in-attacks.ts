import { sql } from 'kysely';
import { expect } from 'vitest';

import { PASSWORD } from '../puan-process.ts';
import type { Attack } from './attack.ts';
import { tokenOf, type Reply } from './reply.ts';
import { SESSION_ATTACKS } from './session-attacks.ts';
import type { Stage } from './stage.ts';

const against = 'sign-in';
const SESSION = '/api/v1/session';

/** What the page shows of a refusal. */
const told = ({ status, json }: Reply): unknown => [status, (json as { readonly detail: string }).detail];

async function wrongFiveTimes(stage: Stage, username: string): Promise<readonly Reply[]> {
  return stage.each([1, 2, 3, 4, 5], (n) => stage.signIn(username, `Wrong-${n}`));
}

/** At the door where people show who they are. */
export const SIGN_IN_ATTACKS: readonly Attack[] = [
  {
    name: 'SQL in the name is to make the condition true, or to end the statement and drop the accounts',
    against,
    kind: 'injection',
    run: (stage) =>
      stage.each(
        [
          `admin' or '1'='1' --`,
          `admin'/*`,
          `'; drop table account; --`,
          `\\' or 1=1 --`,
          `admin'||pg_sleep(9)||'`,
        ],
        (name) => stage.signIn(name),
      ),
    expect: '401 session.refused',
    effect: (_stage, replies) =>
      expect(new Set(replies.map((one) => JSON.stringify(told(one)))).size).toBe(1),
  },
  {
    name: 'SQL in the password and in the one-time code',
    against,
    kind: 'injection',
    run: (stage) =>
      stage.each([`' or '1'='1`, `x'); update account set password_hash = null; --`], (text) =>
        stage.post(SESSION, { username: 'power.head', password: text, otp: `' or 1=1 --` }),
      ),
    expect: '401 session.refused',
  },
  {
    name: 'a forged X-Forwarded-For is to put another address, and HTML, into the audit',
    against,
    kind: 'injection',
    run: async (stage) => [
      await stage.signIn('hx.forwarded', 'x', {
        headers: {
          'x-forwarded-for': '10.66.66.66, <script>alert(1)</script>',
          forwarded: 'for=10.66.66.66',
        },
      }),
    ],
    expect: '401 session.refused',
    effect: async (stage) =>
      expect(await stage.rows(sql`select action, address from audit where actor = 'hx.forwarded'`)).toEqual([
        { action: 'session.refused', address: '127.0.0.1' },
      ]),
  },
  {
    name: 'NUL and half a surrogate pair in name, password and code',
    against,
    kind: 'malformed',
    run: (stage) =>
      stage.each(['\u0000', '\uD800'], async (text) =>
        stage.post(SESSION, { username: `a${text}`, password: `b${text}`, otp: text }),
      ),
    expect: '400 input.invalid',
    effect: (_stage, [reply]) => {
      for (const field of ['username', 'password', 'otp']) expect(reply?.text).toContain(field);
    },
  },
  {
    name: 'lists, operators, numbers and nothing instead of texts',
    against,
    kind: 'malformed',
    run: (stage) =>
      stage.each([['admin'], { $ne: '' }, { length: 5 }, 7, true, null, ''], (name) =>
        stage.signIn(name, { $gt: '' }),
      ),
    expect: '400 input.invalid',
  },
  {
    name: 'a body that is nested a hundred thousand times',
    against,
    kind: 'malformed',
    run: (stage) =>
      stage.each(['['.repeat(100_000), `${'['.repeat(100_000)}${']'.repeat(100_000)}`], (body) =>
        stage.send(SESSION, { method: 'POST', body }),
      ),
    expect: ['400 input.malformed-json', '400 input.invalid'],
  },
  {
    name: 'a password of one megabyte is to keep the digest busy',
    against,
    kind: 'oversized',
    run: async (stage) => [
      await stage.signIn('admin', 'x'.repeat(1024 * 1024)),
      await stage.signIn('admin', 'x'.repeat(1_000_000)),
      await stage.signIn('a'.repeat(101)),
    ],
    expect: ['413 input.too-large', '400 input.invalid', '400 input.invalid'],
  },
  {
    name: 'the keys __proto__ and constructor are to give every later body a name and a password',
    against,
    kind: 'mass-assignment',
    run: async (stage) => {
      const inner = JSON.stringify({ username: 'admin', password: PASSWORD });
      const bodies = [
        `{"__proto__":${inner}}`,
        `{"constructor":{"prototype":${inner}}}`,
        `{"username":"admin","__proto__":{"password":"${PASSWORD}"}}`,
        '{}',
      ];
      return stage.each(bodies, (body) => stage.send(SESSION, { method: 'POST', body }));
    },
    expect: '400 input.invalid',
  },
  {
    name: 'a villager signs in with fields for another account, more roles and a session without end',
    against,
    kind: 'mass-assignment',
    run: async (stage) => {
      const wanted = {
        accountId: 1,
        account_id: 1,
        roles: ['system-admin'],
        capabilities: ['account.manage'],
        owes: null,
        expiresAt: 9e12,
      };
      const body = { username: 'village.sample', password: PASSWORD, ...wanted, user: { id: 1 } };
      const opened = await stage.post(SESSION, body);
      const bearer = tokenOf(opened);
      return [
        opened,
        await stage.send('/api/v1/accounts', { bearer }),
        await stage.send(SESSION, { bearer }),
      ];
    },
    expect: ['200', '403 access.denied', '200'],
    changes: ['session'],
    effect: (_stage, replies) => {
      const session = replies[2]?.json as { readonly expiresAt: number };
      expect(session).toMatchObject({
        user: { username: 'village.sample' },
        roles: [{ role: 'village-handler' }],
      });
      expect(session.expiresAt).toBeLessThan(Date.now() + 9 * 3_600_000);
    },
  },
  {
    name: 'five wrong passwords, then the right one; a name that nobody has is answered in the same words',
    against,
    kind: 'guessing',
    run: async (stage) => [
      ...(await wrongFiveTimes(stage, 'crowd.leader')),
      ...(await wrongFiveTimes(stage, 'nobody.has.this')),
      await stage.signIn('crowd.leader'),
      await stage.signIn('nobody.has.this'),
    ],
    expect: [
      ...Array.from({ length: 10 }, () => '401 session.refused' as const),
      '429 session.locked',
      '429 session.locked',
    ],
    effect: (_stage, replies) => {
      expect(told(replies[4] as Reply)).toEqual(told(replies[9] as Reply));
      expect(told(replies[10] as Reply)).toEqual(told(replies[11] as Reply));
    },
  },
  {
    name: 'ten wrong passwords at the same moment are to get past the count',
    against,
    kind: 'guessing',
    run: async (stage) => {
      const many = await Promise.all(
        Array.from({ length: 10 }, (_, n) => stage.signIn('forest.leader', `Wrong-${n}`)),
      );
      return [...many.toSorted((x, y) => x.status - y.status), await stage.signIn('forest.leader')];
    },
    expect: [
      ...Array.from({ length: 5 }, () => '401 session.refused' as const),
      ...Array.from({ length: 6 }, () => '429 session.locked' as const),
    ],
  },
  {
    name: 'which names exist is to be told from the answer: unknown, wrong password, no password of its own',
    against,
    kind: 'guessing',
    run: (stage) =>
      stage.each(['hx.unknown', 'tunnel.head', 'simulator', 'oidc:hostile.village'], (name) =>
        stage.signIn(name, 'Wrong-1'),
      ),
    expect: '401 session.refused',
    effect: (_stage, replies) => {
      for (const reply of replies) expect(told(reply)).toEqual(told(replies[0] as Reply));
    },
  },
  {
    name: 'the administrator’s name in capitals, with blanks, full-width or with letters that only look alike',
    against,
    kind: 'guessing',
    run: (stage) =>
      stage.each(['ADMIN', 'admin ', 'ａｄｍｉｎ', 'admin\u200B', '\u0430dmin', 'admin\u0301'], (name) =>
        stage.signIn(name),
      ),
    expect: '401 session.refused',
  },
  {
    name: 'somebody else’s session is ended by its number',
    against,
    kind: 'guessing',
    run: async (stage) => {
      const victims = await stage.rows(
        sql<{ id: number }>`select s.id from session s join account a on a.id = s.account_id
          where a.username in ('admin', 'security')`,
      );
      const ids = [...victims.map(({ id }) => id), 2_147_483_648];
      return stage.each(ids, (id) =>
        stage.send(`/api/v1/sessions/${id}`, { method: 'DELETE', as: 'village.sample' }),
      );
    },
    expect: '404 record.not-found',
  },
  {
    name: 'a PIN on a phone that was never bound, with a made-up secret in its cookie',
    against,
    kind: 'guessing',
    run: (stage) =>
      stage.each(['', 'puan_device=' + 'x'.repeat(43), `puan_device=' or 1=1 --`], (cookie) =>
        stage.post('/api/v1/session/pin', { pin: '123456' }, { headers: { cookie } }),
      ),
    expect: '401 session.device-unknown',
  },
  ...SESSION_ATTACKS,
];
