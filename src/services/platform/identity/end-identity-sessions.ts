import { AppError } from '#base';
import { auditVisitor, type Ground, type RequestContext, SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { forgetCredentials } from '../session/credential.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { useOnce } from './use-once.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Longer than a logout token is taken, see {@link IdentityProvider.readLogout}. */
const REMEMBERED_MS = 30 * 60_000;

interface Notice {
  readonly issuer: string;
  readonly subject: string | null;
  readonly sid: string | null;
  readonly jti: string;
}

/**
 * Back-channel logout: the provider says that somebody, or one session of somebody, is over, and it is at once. Throws
 * `identity.logout-invalid` for a token that is not the provider's, not for us, not a logout, or was told before.
 */
export async function endIdentitySessions(
  context: RequestContext,
  ground: Ground,
  provider: IdentityProvider,
  raw: Buffer,
): Promise<{ readonly ended: number }> {
  const system = new SystemContext(ground);
  const visitor = { at: context.now(), username: 'identity', address: context.actor.address };
  try {
    const notice = await read(provider, raw);
    const rows = await system.transaction(async (tx) => {
      const mark = `jti ${notice.issuer} ${notice.jti}`;
      if (!(await useOnce(tx, mark, context.now() + REMEMBERED_MS))) throw invalid('replayed');
      const rows = await endSessions(tx, notice);
      if (notice.sid === null) await endDevices(tx, notice, context.now());
      for (const { username, sessions, place, scenario } of rows) {
        const record = {
          action: 'session.ended-by-provider',
          subject: `account/${username}`,
          after: { sessions },
        };
        await auditVisitor(tx, visitor, { ...record, place, scenario });
      }
      return rows;
    });
    const accounts = new Set(rows.map(({ id }) => id));
    forgetCredentials(({ actor }) => accounts.has(actor.accountId));
    return { ended: rows.reduce((sum, { sessions }) => sum + sessions, 0) };
  } catch (error) {
    if (error instanceof AppError) {
      const after = { code: error.code, reason: error.details['reason'] ?? null };
      await system.transaction((tx) =>
        auditVisitor(tx, visitor, {
          action: 'identity.refused',
          subject: 'identity/backchannel-logout',
          after,
        }),
      );
    }
    throw error;
  }
}

function invalid(reason: string): AppError {
  return new AppError('identity.logout-invalid', { reason });
}

async function read(provider: IdentityProvider, raw: Buffer): Promise<Notice> {
  const [token, ...more] = new URLSearchParams(raw.toString('utf8')).getAll('logout_token');
  if (token === undefined || more.length > 0) throw invalid('logout_token');
  const { iss, sub, sid, jti, events, nonce } = await provider.readLogout(token);
  // With a nonce it would be an ID token that somebody passes off as a logout (§2.4).
  if (nonce !== undefined) throw invalid('nonce');
  if (!isEvent(events)) throw invalid('events');
  if (typeof jti !== 'string' || iss === undefined) throw invalid('jti');
  const named = { subject: textOf(sub), sid: textOf(sid) };
  if (named.subject === null && named.sid === null) throw invalid('sub');
  return { issuer: iss, jti, ...named };
}

function isEvent(events: unknown): boolean {
  if (typeof events !== 'object' || events === null || !Object.hasOwn(events, EVENT)) return false;
  const event: unknown = (events as Record<string, unknown>)[EVENT];
  return typeof event === 'object' && event !== null;
}

/** Text that a table could hold; what is none names nobody. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000') ? value : null;
}

interface Ended {
  readonly id: number;
  readonly username: string;
  readonly place: number | null;
  readonly scenario: number | null;
  readonly sessions: number;
}

/** With a session named, that one and those of the same person that bear no name; else all of the person's. */
async function endSessions(tx: Tx, { issuer, subject, sid }: Notice): Promise<readonly Ended[]> {
  const { rows } = await sql<Ended>`
    with gone as (
      delete from session s using account a where a.id = s.account_id and a.issuer = ${issuer}
        and (${subject}::text is null or a.subject = ${subject})
        and (${sid}::text is null
          or exists (select from identity_session i where i.session_id = s.id and i.sid = ${sid})
          or ${subject}::text is not null
            and not exists (select from identity_session i where i.session_id = s.id and i.sid is not null))
      returning s.account_id
    )
    select a.id, a.username, a.place, a.scenario, count(*) as sessions
    from gone join account a on a.id = gone.account_id group by a.id`.execute(tx);
  return rows;
}

/** All of the person's sessions are over, so no PIN opens another: the next one comes from the provider again. */
async function endDevices(tx: Tx, { issuer, subject }: Notice, now: number): Promise<void> {
  await sql`update bound_device d set ended_at = ${new Date(now)} from account a
    where a.id = d.account_id and a.issuer = ${issuer} and a.subject = ${subject} and d.ended_at is null`.execute(
    tx,
  );
}
