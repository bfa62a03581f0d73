import { SETTINGS } from '#model/platform';
import { auditRule, type SystemContext } from '#services/context';
import { sql } from 'kysely';

const DAY_MS = 86_400_000;
const BATCH = 5000;

/**
 * Takes the places where handlers stood out of the timelines once they have been kept for the set days (个人信息保护法 art. 19):
 * the fewest days set at a platform above the order's territory or scenario. Gives how many.
 */
export async function forgetTracks(context: SystemContext): Promise<number> {
  const now = context.now();
  const days = (n: number): Date => new Date(now - n * DAY_MS);
  return context.transaction(async (tx) => {
    const result = await sql`
      with kept as (
        select p.place, p.place_to, (s.value #>> '{}')::int as days
        from platform_setting s join platform p on p.id = s.platform_id where s.key = 'tracks.kept-days'
      ), old as (
        select e.id from work_order_entry e
        left join platform of on of.scenario = e.scenario and of.kind = 'scenario'
        where e.location is not null and e.written_at < ${days(1)} and (e.written_at < ${days(SETTINGS['tracks.kept-days'].default)} or exists (
          select from kept k where (e.place between k.place and k.place_to or of.place between k.place and k.place_to)
            and e.written_at < ${new Date(now)}::timestamptz - k.days * interval '1 day'))
        limit ${BATCH}
      )
      update work_order_entry e set location = null from old where e.id = old.id`.execute(tx);
    const count = Number(result.numAffectedRows ?? 0);
    if (count > 0) {
      await auditRule(tx, { rule: 'forget-tracks', at: now }, [
        { action: 'tracks.forgotten', subject: 'work-order-entry', after: { count } },
      ]);
    }
    return count;
  });
}
