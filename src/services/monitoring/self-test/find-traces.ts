import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

/** Where to look for what a self-test has left. */
export interface Traced {
  readonly point: number;
  readonly session: number;
  readonly sign: string;
  /** The last reading that was sent, epoch ms. */
  readonly observedAt: number;
  /** Since when (epoch ms) its readings can have been received. */
  readonly since: number;
  /** Events after this number can be its own. */
  readonly afterSeq: number;
}

/** Each gives what was found as a sentence for the report of the test, or undefined while it is not there. */
type Find = (db: Kysely<Database>, traced: Traced) => Promise<string | undefined>;

/** The last reading among those that are stored. */
export const findStored: Find = async (db, { point, observedAt, since }) => {
  const { rows } = await sql<{ value: number }>`
    select value from reading where received_at >= ${new Date(since)} and point_id = ${point}
      and observed_at = ${new Date(observedAt)} limit 1`.execute(db);
  return rows[0] && `读数 ${rows[0].value} 已入库`;
};

/** The condition of the sign as the hot path wrote it down. */
export const findSign: Find = async (db, { point, sign }) => {
  const { rows } = await sql<{ name: string }>`
    select g.name from sign_state t join sign g on g.id = t.sign_id
    where t.point_id = ${point} and g.code = ${sign} and t.level > 0 limit 1`.execute(db);
  return rows[0] && `体征 ${sign} ${rows[0].name} 成立`;
};

/** The alarm, and its event published. */
export const findAlarm: Find = async (db, { point, sign, session, afterSeq }) => {
  const { rows } = await sql<{ id: number; seq: number }>`
    select a.id, e.seq from alarm a join sign g on g.id = a.sign_id
      join lateral (select min(v.seq) as seq from event v where v.seq > ${afterSeq} and v.type = 'alarm.raised'
        and (v.payload ->> 'id')::bigint = a.id) e on e.seq is not null
    where a.point_id = ${point} and a.replay_session_id = ${session} and g.code = ${sign}
    order by a.id desc limit 1`.execute(db);
  return rows[0] && `报警 ${rows[0].id} 已写下，事件 ${rows[0].seq} 已发布`;
};
