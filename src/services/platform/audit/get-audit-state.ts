import type { AuditCheck, AuditState } from '#contract/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadHeads } from './list-audit-heads.ts';
import { REVEAL_MANY } from './watch-reveals.ts';

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 7;

/** How the chain stands: the newest link, what waits, the newest head, what the last verification found. */
export async function getAuditState(context: RequestContext): Promise<AuditState> {
  context.authorize('audit.read');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ seq: number; unsealed: number }>`
      select m.seq, (select count(*) from audit a where a.id > m.floor
        and not exists (select from audit_seal s where s.audit_id = a.id)) as unsealed
      from audit_sealer m`.execute(tx);
    const [head] = await loadHeads(tx, sql`order by day desc limit 1`);
    return {
      seq: rows[0]?.seq ?? 0,
      unsealed: rows[0]?.unsealed ?? 0,
      head: head ?? null,
      check: await lastCheck(tx),
      reveals: await recentReveals(tx, context.now() - SHOWN_DAYS * DAY_MS),
    };
  });
}

async function lastCheck(tx: Tx): Promise<AuditCheck | null> {
  const { rows } = await sql<AuditCheck>`
    select at, ok, seq, broken_seq as "brokenSeq", broken_audit_id as "brokenId", finding, took_ms as "tookMs"
    from audit_check order by id desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

async function recentReveals(tx: Tx, since: number): Promise<AuditState['reveals']> {
  const { rows } = await sql<{ at: number; actor: string; count: number }>`
    select at, after->>'actor' as actor, (after->>'count')::int as count from audit
    where action = ${REVEAL_MANY} and at >= ${new Date(since)} order by at desc, id desc limit 20`.execute(
    tx,
  );
  return rows;
}
