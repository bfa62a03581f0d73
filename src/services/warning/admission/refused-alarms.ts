import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { AlarmCase } from './alarm-case.ts';

/** What a person has said of an alarm that was none. */
export interface Refusal {
  /** The worst level that was judged. */
  readonly level: number;
  readonly by: string;
  readonly reason: string;
}

/** Alarms that somebody has refused (误报), as far as that was the last word on them. */
export async function refusalsOf(
  tx: Tx,
  alarms: readonly AlarmCase[],
): Promise<ReadonlyMap<number, Refusal>> {
  const ids = alarms.filter(({ kept }) => kept.some(({ kind }) => kind === 'verify')).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Refusal & { readonly alarm: number }>`
    select v.alarm_id as alarm, v.level, h.held_by as by, h.reason
    from (select distinct on (alarm_id) * from verification
      where alarm_id = any(${ids}::bigint[]) and decision is not null order by alarm_id, id desc) v
    join alarm_hold h on h.alarm_id = v.alarm_id and h.held_by = 'verification/' || v.id
    where v.decision = 'refused'`.execute(tx);
  return new Map(rows.map(({ alarm, ...refusal }) => [alarm, refusal]));
}
