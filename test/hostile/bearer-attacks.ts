import { sql } from 'kysely';
import { expect } from 'vitest';

import { PASSWORD } from '../puan-process.ts';
import type { Attack } from './attack.ts';
import { issue } from './issue.ts';
import type { Reply } from './reply.ts';

const against = 'token';
const TOKENS = '/api/v1/tokens';

const reading = (point: string): object => ({ point, observedAt: Date.now() - 1000, value: 5 });

/** At every door, with a token that does not open it. */
export const BEARER_ATTACKS: readonly Attack[] = [
  {
    name: 'secrets are guessed: SQL, the digest from the table, a secret cut short',
    against,
    kind: 'injection',
    run: async (stage) => {
      const [row] = await stage.rows(
        sql<{
          hash: string;
        }>`select encode(token_hash, 'hex') as hash from token where revoked_at is null limit 1`,
      );
      const held = stage.person('admin').token ?? '';
      return stage.each(["'or'1'='1", row?.hash ?? 'x', held.slice(0, -1), `${held}x`, '%', '*'], (bearer) =>
        stage.send('/api/v1/session', { bearer }),
      );
    },
    expect: '401 session.expired',
  },
  {
    name: 'a revoked token is used again',
    against,
    kind: 'replay',
    run: async (stage) => {
      const { id, token } = await issue(stage, 'flood.admin', { kind: 'gateway' });
      return [
        await stage.send('/api/v1/objects', { bearer: token }),
        await stage.send(`${TOKENS}/${id}`, { method: 'DELETE', as: 'flood.admin' }),
        await stage.send('/api/v1/objects', { bearer: token }),
        await stage.post('/api/v1/readings', [reading('hx-flood')], { bearer: token }),
      ];
    },
    expect: ['200', '204', '401 session.expired', '401 session.expired'],
    changes: ['token'],
  },
  {
    name: 'a token that was rotated is used after its grace, and rotated once more before',
    against,
    kind: 'replay',
    run: async (stage) => {
      const { id, token } = await issue(stage, 'flood.admin', { kind: 'gateway' });
      const rotate = (): Promise<Reply> =>
        stage.post(`${TOKENS}/${id}/rotate`, { graceMinutes: 10 }, { as: 'flood.admin' });
      const replies = [await rotate(), await rotate()];
      await stage.rows(sql`update token set expires_at = now() - interval '1 second' where id = ${id}`);
      return [...replies, await stage.send('/api/v1/objects', { bearer: token })];
    },
    expect: ['201', '409 token.ended', '401 session.expired'],
    changes: ['token'],
  },
  {
    name: 'a token in the address, where logs and other sites would see it',
    against,
    kind: 'malformed',
    run: (stage) => {
      const token = stage.person('admin').token ?? '';
      return stage.each(['access_token', 'token', 'authorization', 'puan_session'], (name) =>
        stage.send(`/api/v1/objects?${name}=${token}`),
      );
    },
    expect: '401 session.required',
  },
  {
    name: 'a device sends in the name of another device',
    against,
    kind: 'mass-assignment',
    run: async (stage) => {
      const { token } = await issue(stage, 'gas.admin', { kind: 'device', device: 'hx-gas' });
      const rows = [reading('hx-flood'), { ...reading('hx-flood'), device: 'hx-flood', source: 'hx-flood' }];
      return [
        await stage.post('/api/v1/readings', rows, { bearer: token }),
        await stage.send('/api/v1/readings?point=hx-flood', { bearer: token }),
      ];
    },
    expect: ['200', '404 record.not-found'],
    changes: ['token'],
    effect: (_stage, [reply]) =>
      expect(reply?.json).toMatchObject({
        accepted: 0,
        rejected: [{ code: 'reading.foreign-point' }, { index: 1 }],
      }),
  },
  {
    name: 'a gateway’s token changes its issuer’s password, phone, second factor and sessions',
    against,
    kind: 'guessing',
    run: async (stage) => {
      const { token: bearer } = await issue(stage, 'flood.admin', { kind: 'gateway' });
      return [
        await stage.post(
          '/api/v1/session/password',
          { current: PASSWORD, next: 'Riverside-2027' },
          { bearer },
        ),
        await stage.post('/api/v1/session/device', { name: 'x', pin: '730591' }, { bearer }),
        await stage.send('/api/v1/session/totp', { method: 'POST', bearer }),
        await stage.send('/api/v1/sessions', { method: 'DELETE', bearer }),
        await stage.post(TOKENS, { name: 'x', kind: 'person' }, { bearer }),
      ];
    },
    expect: [...Array.from({ length: 4 }, () => '403 session.person-required' as const), '403 access.denied'],
    changes: ['token'],
  },
  {
    name: 'headers that are no header: a line end in the token, a folded line, NUL',
    against,
    kind: 'malformed',
    run: (stage) => {
      const token = stage.person('admin').token ?? '';
      const heads = [
        `Bearer\r\n ${token}`,
        `Bearer ${token}\u0000`,
        `Bearer ${token}\nX: y`,
        `Bearer ${token}\r`,
      ];
      return stage.each(heads, (head) =>
        stage.raw(
          `GET /api/v1/session HTTP/1.1\r\nHost: x\r\nAuthorization: ${head}\r\nConnection: close\r\n\r\n`,
        ),
      );
    },
    expect: '400 input.invalid',
  },
  {
    name: 'tokens longer than any, and of letters that no secret has',
    against,
    kind: 'oversized',
    run: async (stage) => [
      await stage.send('/api/v1/session', { bearer: 'x'.repeat(301) }),
      await stage.send('/api/v1/session', { bearer: 'x'.repeat(12_000) }),
      await stage.raw(
        `GET /api/v1/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${'x'.repeat(100_000)}\r\n\r\n`,
      ),
      await stage.raw('GET /api/v1/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer 令牌\r\n\r\n'),
    ],
    expect: ['401 session.required', '401 session.required', '413 input.too-large', '401 session.expired'],
  },
  {
    name: 'readings nested a hundred thousand times, or that are objects with words of their own',
    against,
    kind: 'malformed',
    run: async (stage) => {
      const { token: bearer } = await issue(stage, 'flood.admin', { kind: 'gateway' });
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      const rows = [
        `{"point":"hx-flood","value":${deep}}`,
        `{"point":{"toString":1},"value":{"__proto__":null}}`,
        deep,
      ];
      const post = (body: string, type: string): Promise<Reply> =>
        stage.send('/api/v1/readings', { method: 'POST', bearer, body, type });
      return [
        await post(`[${rows.join(',')}]`, 'application/json'),
        await post(rows.join('\n'), 'application/x-ndjson'),
      ];
    },
    expect: '200',
    changes: ['token'],
    effect: (_stage, replies) => {
      for (const { json } of replies)
        expect((json as { rejected: { code: string }[] }).rejected.map(({ code }) => code)).toEqual([
          'reading.bad-value',
          'reading.unknown-point',
          'reading.not-an-object',
        ]);
    },
  },
];
