import type { DutyDesk } from '#contract/command';
import type { HoldKind } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { AsOf } from '#storage';
import { sql } from 'kysely';

/** How many alarms are held back from becoming a warning, now or at a moment, and by what kind of hold. */
export async function heldAlarms(context: RequestContext, at: AsOf): Promise<DutyDesk['held']> {
  context.authorize('warning.read');
  const standing =
    at === null
      ? sql`ended_at is null`
      : sql`held_at <= ${new Date(at)} and (ended_at is null or ended_at > ${new Date(at)})`;
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ kind: HoldKind | null; count: number }>`
      select kind, count(distinct alarm_id) as count from alarm_hold where ${standing} group by rollup (kind)`.execute(
      tx,
    );
    const kinds = rows.flatMap(({ kind, count }) => (kind === null ? [] : [[kind, count] as const]));
    return { count: rows.find(({ kind }) => kind === null)?.count ?? 0, kinds: Object.fromEntries(kinds) };
  });
}
