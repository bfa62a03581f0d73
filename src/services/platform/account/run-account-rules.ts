import { UNUSED_MS } from '#model/platform';
import { auditRule, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { isStale, lastUsed } from './account-state.ts';
import { forgetPeople } from './forget-people.ts';

const RULE = 'account-rules';
const DAY_MS = 86_400_000;
const UNUSED_DAYS = Math.round(UNUSED_MS / DAY_MS);

/** What the rule did in one round. */
export interface RuleRound {
  readonly disabled: readonly string[];
  readonly flagged: readonly string[];
  readonly ended: number;
}

interface Touched {
  readonly id: number;
  readonly username: string;
  readonly place: number | null;
  readonly scenario: number | null;
  readonly last_used_at: number;
}

/**
 * Disables accounts that nobody has used for 90 days (等保三级 8.1.4.2 c), tells beforehand of those that their platform calls stale, and writes down assignments and
 * delegations whose end has come. The last that can come in with a separated role is never disabled, only told of; first
 * accounts are treated like all others. Doing it again changes nothing.
 */
export async function runAccountRules(context: SystemContext): Promise<RuleRound> {
  const { shut, ...round } = await context.transaction(async (tx) => {
    const now = context.now();
    const disabled = await disableUnused(tx, now);
    const flagged = await flagStale(tx, now);
    const ended = await endWhatIsOver(tx, now);
    const named = (row: Touched) => ({
      subject: `account/${row.username}`,
      place: row.place,
      scenario: row.scenario,
      before: { lastUsedAt: row.last_used_at },
    });
    await auditRule(tx, { rule: RULE, at: now }, [
      ...disabled.map((row) => ({ action: 'account.disable', ...named(row), after: { state: 'disabled' } })),
      ...flagged.map((row) => ({ action: 'account.flag-stale', ...named(row), after: { state: 'stale' } })),
      ...ended,
    ]);
    return {
      disabled: disabled.map(({ username }) => username),
      flagged: flagged.map(({ username }) => username),
      ended: ended.length,
      shut: disabled.map(({ id }) => id),
    };
  });
  forgetPeople(shut);
  return round;
}

/** Signed in, switched on, or with a person's token: whatever was last. */
const USED = sql<number>`greatest(${lastUsed()}, (select max(t.last_used_at) from token t
  where t.account_id = account.id and t.kind = 'person'))`;

async function disableUnused(tx: Tx, now: number): Promise<readonly Touched[]> {
  const at = new Date(now);
  const { rows } = await sql<Touched>`
    with kept as (
      -- Of each separated role the one who was there last.
      select distinct on (r.role) account.id from role_assignment r join account on account.id = r.account_id
      where r.role in ('system-admin','security-admin','audit-admin') and r.valid_from <= ${at}
        and (r.valid_to is null or r.valid_to > ${at}) and account.disabled_at is null
        and (account.expires_at is null or account.expires_at > ${at})
      order by r.role, ${USED} desc, account.id
    ), unused as (
      select account.id, ${USED} as last_used_at from account
      where account.disabled_at is null and account.kind = 'person' and ${USED} <= ${new Date(now - UNUSED_MS)}
        and account.id not in (select id from kept)
    ), ended as (
      update token set revoked_at = ${at} from unused
      where token.account_id = unused.id and token.kind = 'person' and token.revoked_at is null
    )
    update account set disabled_at = ${at}, disabled_reason = ${`${UNUSED_DAYS} 天没有使用，自动停用`}
    from unused where account.id = unused.id
    returning account.id, account.username, account.place, account.scenario, unused.last_used_at`.execute(tx);
  return rows;
}

async function flagStale(tx: Tx, now: number): Promise<readonly Touched[]> {
  const { rows } = await sql<Touched>`
    update account set stale_flagged_at = ${new Date(now)}
    where account.disabled_at is null and account.kind = 'person' and ${isStale(USED, now)}
      and (account.stale_flagged_at is null or account.stale_flagged_at < ${USED})
    returning account.id, account.username, account.place, account.scenario, ${USED} as last_used_at`.execute(
    tx,
  );
  return rows;
}

async function endWhatIsOver(tx: Tx, now: number) {
  const at = new Date(now);
  const { rows: assignments } = await sql<Over & { role: string; platform: string }>`
    update role_assignment r set ended_at = r.valid_to from platform p
    where p.id = r.platform_id and r.valid_to <= ${at} and r.ended_at is null
    returning coalesce((select 'account/' || a.username from account a where a.id = r.account_id),
      (select 'team/' || t.code from team t where t.id = r.team_id)) as subject, r.role, p.code as platform, r.place, r.scenario,
      r.valid_to as to`.execute(tx);
  const { rows: delegations } = await sql<Over & { deputy: string }>`
    update delegation d set ended_at = d.to_at, ended_by = ${`rule:${RULE}`} from account p, account a
    where p.id = d.principal_id and a.id = d.deputy_id and d.to_at <= ${at} and d.ended_at is null
    returning 'account/' || p.username as subject, a.username as deputy, d.place, d.scenario, d.to_at as to`.execute(
    tx,
  );
  return [
    ...assignments.map(({ subject, place, scenario, ...before }) => ({
      action: 'role.end',
      subject,
      place,
      scenario,
      before,
    })),
    ...delegations.map(({ subject, place, scenario, ...before }) => ({
      action: 'delegation.end',
      subject,
      place,
      scenario,
      before,
    })),
  ];
}

interface Over {
  readonly subject: string;
  readonly place: number | null;
  readonly scenario: number | null;
  readonly to: number;
}
