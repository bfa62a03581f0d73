import { type Role, Rights, type Scope } from '#model/platform';

import { Vault } from '../../storage/vault.ts';
import type { Actor } from './context.ts';

/** Somebody who holds these roles in one scope, for the tests of use cases. */
export function personWith(person: {
  readonly id?: number;
  readonly username?: string;
  readonly name?: string;
  readonly roles: readonly Role[];
  /** Code of the platform whose seat it is. */
  readonly platform?: string;
  readonly scope: Scope;
}): Actor {
  const { id = 1, username = 'tech.admin', name = '技术管理员', roles, platform = 'PD', scope } = person;
  const grants = roles.map((role) => ({
    role,
    platform,
    platformName: '区总平台',
    scope,
    actingFor: null,
  }));
  return { accountId: id, username, name, rights: new Rights(grants), address: '192.0.2.1' };
}

/** A vault whose key every test knows. */
export const TEST_VAULT: Vault = new Vault(Buffer.alloc(32, 7));
