import { announce, auditRule, type SystemContext } from '#services/context';
import { sql } from 'kysely';

/** More than this many personal data shown to one person within an hour is told to the auditors. */
export const REVEALS_AN_HOUR = 20;
export const REVEAL_MANY = 'personal.reveal-many';
const HOUR_MS = 3_600_000;

/** Tells the auditors of people who have had unusually many personal data shown; once an hour for each. */
export async function watchReveals(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const now = context.now();
    const since = new Date(now - HOUR_MS);
    const { rows } = await sql<{ id: number; actor: string; count: number }>`
      select max(a.id) as id, a.actor, count(*) as count from audit a
      where a.action = 'personal.reveal' and a.at > ${since} and not exists (
        select from audit told where told.action = ${REVEAL_MANY} and told.at > ${since}
          and told.subject collate "C" = 'account/' || a.actor)
      group by a.actor having count(*) > ${REVEALS_AN_HOUR}`.execute(tx);
    await auditRule(
      tx,
      { rule: 'watch-reveals', at: now },
      rows.map(({ actor, count }) => ({
        action: REVEAL_MANY,
        subject: `account/${actor}`,
        after: { actor, count },
      })),
    );
    await announce(
      tx,
      rows.map(({ id, actor, count }) => ({
        type: REVEAL_MANY,
        at: now,
        place: null,
        scenario: null,
        payload: { id, text: `${actor} 一小时内查看了 ${count} 次个人信息` },
      })),
    );
    return rows.length;
  });
}
