import { SETTINGS } from '#model/platform';
import { auditRule, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

const DAY_MS = 86_400_000;
const BATCH = 5000;

/**
 * Takes the places where handlers stood out of the timelines and of their photos once they have been kept for the set days
 * (个人信息保护法 art. 19): the fewest days set at a platform above the order's territory or scenario. Gives how many.
 */
export async function forgetTracks(context: SystemContext): Promise<number> {
  const now = context.now();
  return context.transaction(async (tx) => {
    const entries = await forget(tx, now, {
      table: sql`work_order_entry`,
      stands: sql`e.location is not null`,
      nothing: sql`location = null`,
    });
    const photos = await forget(tx, now, {
      table: sql`attachment`,
      stands: sql`e.lat is not null`,
      nothing: sql`lat = null, lon = null, accuracy = null`,
    });
    const counted = [
      { subject: 'work-order-entry', count: entries },
      { subject: 'attachment', count: photos },
    ].filter(({ count }) => count > 0);
    await auditRule(
      tx,
      { rule: 'forget-tracks', at: now },
      counted.map(({ subject, count }) => ({ action: 'tracks.forgotten', subject, after: { count } })),
    );
    return entries + photos;
  });
}

interface Tracks {
  readonly table: RawBuilder<unknown>;
  /** Whether a row `e` holds a place, and what makes it hold none. */
  readonly stands: RawBuilder<unknown>;
  readonly nothing: RawBuilder<unknown>;
}

async function forget(tx: Tx, now: number, { table, stands, nothing }: Tracks): Promise<number> {
  const days = (n: number): Date => new Date(now - n * DAY_MS);
  const result = await sql`
    with kept as (
      select p.place, p.place_to, (s.value #>> '{}')::int as days
      from platform_setting s join platform p on p.id = s.platform_id where s.key = 'tracks.kept-days'
    ), old as (
      select e.id from ${table} e
      left join platform of on of.scenario = e.scenario and of.kind = 'scenario'
      where ${stands} and e.written_at < ${days(1)} and (e.written_at < ${days(SETTINGS['tracks.kept-days'].default)} or exists (
        select from kept k where (e.place between k.place and k.place_to or of.place between k.place and k.place_to)
          and e.written_at < ${new Date(now)}::timestamptz - k.days * interval '1 day'))
      limit ${BATCH}
    )
    update ${table} e set ${nothing} from old where e.id = old.id`.execute(tx);
  return Number(result.numAffectedRows ?? 0);
}
