import { AppError, type ErrorCode } from '#base';
import { SEPARATED_ROLES } from '#model/platform';
import { type AuditRecord, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { forgetCredentials } from '../session/credential.ts';
import type { Visit } from '../session/sign-in.ts';
import {
  auditPerson,
  confirmIdentityAccount,
  findIdentityAccount,
  type IdentityAccount,
  openIdentityAccount,
  shutIdentityAccount,
} from './identity-account.ts';
import type { ProvenPerson } from './identity-provider.ts';
import { type KnownPlatform, loadKnownPlatforms, loadMappings } from './load-mappings.ts';
import { type Mapped, mapClaims } from './map-claims.ts';
import { openIdentitySession } from './open-identity-session.ts';
import { nameOf } from './person-name.ts';
import { loadHeldRoles, replaceRoles } from './provider-roles.ts';

/** Where somebody comes from, and with what. */
export interface Arrival {
  readonly address: string;
  readonly visit: Visit;
}

type Outcome =
  | { readonly token: string; readonly ended: number | undefined }
  | { readonly refused: ErrorCode; readonly reason: string; readonly account?: number | undefined };

/**
 * Lets somebody in whom the provider vouches for: the account of their issuer and subject, opened when there is none (never
 * one that was opened here), with exactly the roles the claims give now. Whom the claims no longer let in loses roles,
 * sessions and account at once. Throws `identity.no-mapping`, `identity.barred`, `identity.account-disabled`.
 */
export async function admitPerson(
  context: SystemContext,
  person: ProvenPerson,
  arrival: Arrival,
): Promise<{ readonly token: string }> {
  const outcome = await context.transaction((tx) => decide(tx, person, { ...arrival, now: context.now() }));
  if ('token' in outcome) {
    const { token, ended } = outcome;
    if (ended !== undefined) forgetCredentials(({ session }) => session?.id === ended);
    return { token };
  }
  const { account } = outcome;
  if (account !== undefined) forgetCredentials(({ actor }) => actor.accountId === account);
  throw new AppError(outcome.refused, { reason: outcome.reason });
}

type Now = Arrival & { readonly now: number };

async function decide(tx: Tx, person: ProvenPerson, at: Now): Promise<Outcome> {
  // Two first visits of one person at the same moment open one account.
  const key = `${person.issuer} ${person.subject}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 11))`.execute(tx);
  const platforms = await loadKnownPlatforms(tx);
  const mapped = mapClaims(person.claims, await loadMappings(tx), platforms);
  const held = await findIdentityAccount(tx, person, at.now);
  const home = platforms.get(mapped.grants[0]?.platform.code ?? '');
  if (home === undefined) {
    if (held) await shutIdentityAccount(tx, held, at);
    return { ...refusalOf(mapped), account: held?.id };
  }
  const barrier = held && (await barrierOf(tx, held));
  if (barrier) return barrier;
  return letIn(tx, { person, mapped, platforms, home, held }, at);
}

function refusalOf({ barred, refusals }: Mapped): { readonly refused: ErrorCode; readonly reason: string } {
  const reason = refusals
    .map(({ mapping, reason, seen }) => `${mapping} ${reason} ${seen ?? ''}`.trim())
    .join('; ');
  return { refused: barred ? 'identity.barred' : 'identity.no-mapping', reason: reason.slice(0, 1000) };
}

/** What was decided here about an account stands, whatever the provider says. */
async function barrierOf(tx: Tx, held: IdentityAccount): Promise<Outcome | undefined> {
  if ((held.disabled && !held.shut) || held.expired)
    return { refused: 'identity.account-disabled', reason: 'local' };
  const roles = await loadHeldRoles(tx, held.id);
  // 三员分立: who holds a separated role gets none beside it.
  const separated = roles.some(({ source, role }) => source === 'local' && SEPARATED_ROLES.includes(role));
  return separated ? { refused: 'identity.no-mapping', reason: 'separated' } : undefined;
}

interface Admission {
  readonly person: ProvenPerson;
  readonly mapped: Mapped;
  readonly platforms: ReadonlyMap<string, KnownPlatform>;
  readonly home: KnownPlatform;
  readonly held: IdentityAccount | undefined;
}

async function letIn(
  tx: Tx,
  { person, mapped, platforms, home, held }: Admission,
  at: Now,
): Promise<Outcome> {
  const { now } = at;
  const name = nameOf(person.claims, person.subject);
  const { id, username } = held ?? (await openIdentityAccount(tx, person, { name, home, now }));
  const { before, after } = await replaceRoles(tx, id, { mapped, platforms, now });
  await confirmIdentityAccount(tx, id, { name, home, now });
  const { place, scenario } = home;
  const write = (record: AuditLine): Promise<void> =>
    auditPerson(tx, username, at, { ...record, place, scenario });
  if (!held) await write({ action: 'account.open', after: { ...after, name, by: 'identity' } });
  else if (held.disabled) await write({ action: 'account.enable', after: { by: 'identity' } });
  if (held && JSON.stringify(before) !== JSON.stringify(after))
    await write({ action: 'account.roles', before, after });
  const opened = await openIdentitySession(tx, { account: id, person, ...at });
  await write({ action: 'session.opened', after: { by: 'identity' } });
  return opened;
}

type AuditLine = Pick<AuditRecord, 'action' | 'before' | 'after'>;
