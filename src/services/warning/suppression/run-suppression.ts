import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { releaseAlarms } from '../admission/release-alarms.ts';
import { loadSuppressions } from './load-suppressions.ts';
import { tellWindows } from './tell-windows.ts';

const RULE_OVER = '抑制它的情况已不再成立，仍超过限值';
const WINDOW_OVER = '停用或检修结束，仍超过限值';

interface Held {
  readonly hold: number;
  readonly by: string;
  readonly point: number;
  readonly object: number;
  readonly item: string;
  readonly sign: string;
  readonly session: number;
}

/**
 * One round: lets through what a rule or a window of service held back and holds no longer, and tells the warnings that windows are
 * over. Gives how many holds ended.
 */
export async function runSuppression(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const at = context.now();
    const windows = await releaseAlarms(
      tx,
      sql`h.kind = 'out-of-service' and not exists (select from service_window w where h.held_by = 'service-window/' || w.id
        and w.from_at <= ${new Date(at)} and (w.to_at is null or w.to_at > ${new Date(at)}))`,
      { at, why: WINDOW_OVER },
    );
    await tellWindows(tx, at);
    const over = await overRules(tx, at);
    if (over.length === 0) return windows;
    return (
      windows + (await releaseAlarms(tx, sql`h.id = any(${[...over]}::bigint[])`, { at, why: RULE_OVER }))
    );
  });
}

/** Holds of rules whose cause no longer stands, or that were changed or ended. */
async function overRules(tx: Tx, now: number): Promise<readonly number[]> {
  const { rows } = await sql<Held>`
    select h.id as hold, h.held_by as by, a.point_id as point, a.object_id as object, a.item_code as item, g.code as sign,
      coalesce(a.replay_session_id, 0) as session
    from alarm_hold h join alarm a on a.id = h.alarm_id join sign g on g.id = a.sign_id
    where h.kind = 'suppressed' and h.ended_at is null and h.held_by like 'suppression-rule/%'
    for update of h skip locked`.execute(tx);
  if (rows.length === 0) return [];
  const index = await loadSuppressions(tx, rows, now);
  return rows
    .filter((held) => !index.holdsOf(held, now).some(({ by }) => by === held.by))
    .map(({ hold }) => hold);
}
