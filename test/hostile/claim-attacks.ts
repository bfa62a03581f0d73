import { sql } from 'kysely';
import { expect } from 'vitest';

import type { Attack } from './attack.ts';
import type { Stage } from './stage.ts';

const against = 'callback';
const OPENED = ['account', 'role', 'session', 'identity-person'] as const;

async function rolesOf(stage: Stage, subject: string): Promise<readonly unknown[]> {
  return stage.rows(sql`select r.role, p.code from account i
    join role_assignment r on r.account_id = i.id join platform p on p.id = r.platform_id
    where i.subject = ${subject} and (r.valid_to is null or r.valid_to > now())`);
}

/** By somebody whom the provider vouches for, with claims that ask for more. */
export const CLAIM_ATTACKS: readonly Attack[] = [
  {
    name: 'claims with SQL in them are to find a platform',
    against,
    kind: 'injection',
    run: (stage) =>
      stage.each(
        [`310115125001' or '1'='1`, `'; drop table platform; --`, '%', '310115125001\u0000'],
        async (code) => {
          const { visitor, answer } = await stage.answerFor({ sub: "hostile'; --", org_code: code });
          return stage.bring(visitor, answer);
        },
      ),
    expect: '302 identity.no-mapping',
  },
  {
    name: 'claims beside the mapped one ask for an administrator’s roles and another account',
    against,
    kind: 'mass-assignment',
    run: async (stage) => {
      const { visitor, answer } = await stage.answerFor({
        sub: 'hostile.greedy',
        roles: ['village', 'system-admin', 'security-admin', '*'],
        realm_access: { roles: ['system-admin'] },
        enabled: true,
        accountId: 1,
        capabilities: ['account.manage'],
        __proto__: { roles: ['town'] },
      });
      return [await stage.bring(visitor, answer)];
    },
    expect: '302',
    changes: [...OPENED],
    effect: async (stage) =>
      expect(await rolesOf(stage, 'hostile.greedy')).toEqual([
        { role: 'village-handler', code: '310115125001' },
      ]),
  },
  {
    name: 'a person at the provider takes the name of an administrator here',
    against,
    kind: 'guessing',
    run: async (stage) => {
      const { visitor, answer } = await stage.answerFor({
        sub: 'admin',
        preferred_username: 'admin',
        name: 'admin',
      });
      const arrived = await stage.bring(visitor, answer);
      const bearer = visitor.cookie('puan_session');
      return [arrived, await stage.send('/api/v1/accounts', { bearer })];
    },
    expect: ['302', '403 access.denied'],
    changes: [...OPENED],
    effect: async (stage) =>
      expect(await stage.rows(sql`select username from account where subject = 'admin'`)).toEqual([
        { username: 'oidc:admin' },
      ]),
  },
  {
    name: 'claims nested a hundred thousand times are tried on the table of mappings',
    against,
    kind: 'malformed',
    run: (stage) =>
      stage.each(['roles', '__proto__'], (name) => {
        const body = `{"claims":{"${name}":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
        return stage.send('/api/v1/identity/mappings/try', { method: 'POST', body, as: 'security' });
      }),
    expect: '400 input.invalid',
  },
];
