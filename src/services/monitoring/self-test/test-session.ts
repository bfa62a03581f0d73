import type { SystemContext } from '#services/context';
import { sql } from 'kysely';

import type { MonitoringDesk } from '../desk.ts';
import { loadDevices } from '../device-book.ts';
import { releasePoints } from '../release-points.ts';

/**
 * Opens the session a self-test plays in: the same as a recording's (its readings are marked, its clock is the data's, nothing of
 * it is live), of a kind of its own. What the test's point knew is forgotten. Gives its number.
 */
export async function openTestSession(
  context: SystemContext,
  desk: MonitoringDesk,
  test: { readonly name: string; readonly device: number },
): Promise<number> {
  return desk.ingest.exclusively((state) =>
    context.transaction(async (tx) => {
      const now = context.now();
      const { id } = await tx
        .insertInto('replay_session')
        .values({
          name: test.name,
          kind: 'self-test',
          state: 'running',
          opened_at: new Date(now),
          opened_by: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx.updateTable('device').set({ replay_session_id: id }).where('id', '=', test.device).execute();
      await releasePoints(tx, state, {
        devices: [test.device],
        session: id,
        at: now,
        now,
        why: '开始链路自检',
      });
      state.sessionOpenedAt.set(id, now);
      await loadDevices(tx, desk.devices, [test.device]);
      return id;
    }),
  );
}

/** Ends every self-test session that runs, those of an earlier process too: what was left of them returns to normal. */
export async function endTestSessions(context: SystemContext, desk: MonitoringDesk): Promise<void> {
  await desk.ingest.exclusively((state) =>
    context.transaction(async (tx) => {
      const now = context.now();
      const { rows } = await sql<{ session: number; device: number | null; at: number | null }>`
        select r.id as session, d.id as device, extract(epoch from r.clock)::float8 * 1000 as at
        from replay_session r left join device d on d.replay_session_id = r.id
        where r.kind = 'self-test' and r.state = 'running'`.execute(tx);
      if (rows.length === 0) return;
      for (const { device, at } of rows)
        if (device !== null)
          await releasePoints(tx, state, {
            devices: [device],
            session: 0,
            at: at ?? now,
            now,
            why: '链路自检结束',
          });
      const devices = rows.flatMap(({ device }) => device ?? []);
      await tx
        .updateTable('device')
        .set({ replay_session_id: null })
        .where('id', 'in', [...devices, 0])
        .execute();
      await tx
        .updateTable('replay_session')
        .set({ state: 'ended', ended_at: new Date(now) })
        .where(
          'id',
          'in',
          rows.map(({ session }) => session),
        )
        .execute();
      await loadDevices(tx, desk.devices, devices);
    }),
  );
}
