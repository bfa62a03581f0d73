import type { SessionKind } from '#model/monitoring';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { MonitoringDesk } from './desk.ts';
import { loadDevices } from './device-book.ts';
import { releasePoints } from './release-points.ts';

/** A session that the program opens for itself: a self-test or a drill. */
export type OwnKind = Exclude<SessionKind, 'recording'>;

const WORDS: Readonly<Record<OwnKind, { readonly begins: string; readonly ends: string }>> = {
  'self-test': { begins: '开始链路自检', ends: '链路自检结束' },
  drill: { begins: '演练开始', ends: '演练结束' },
};

/**
 * Opens the session a self-test or a drill plays in: the same as a recording's (its readings are marked, nothing of it is live), of
 * a kind of its own. What the device's points knew is forgotten. Gives its number.
 */
export async function openMarkedSession(
  context: SystemContext,
  desk: MonitoringDesk,
  wanted: { readonly name: string; readonly kind: OwnKind; readonly device: number },
): Promise<number> {
  const { name, kind, device } = wanted;
  return desk.ingest.exclusively((state) =>
    context.transaction(async (tx) => {
      const now = context.now();
      const { id } = await tx
        .insertInto('replay_session')
        .values({ name, kind, state: 'running', opened_at: new Date(now), opened_by: null })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx.updateTable('device').set({ replay_session_id: id }).where('id', '=', device).execute();
      const why = WORDS[kind].begins;
      await releasePoints(tx, state, { devices: [device], session: id, at: now, now, why });
      state.sessionOpenedAt.set(id, now);
      await loadDevices(tx, desk.devices, [device]);
      return id;
    }),
  );
}

interface Running {
  readonly session: number;
  readonly device: number | null;
  readonly at: number | null;
}

/**
 * Ends sessions of a kind that run, those of an earlier process too: all, or those named. What was left of them returns to normal.
 * The device of a self-test is free again; that of a drill was made for it and stays marked, so that nothing ever counts it as live.
 */
export async function endMarkedSessions(
  context: SystemContext,
  desk: MonitoringDesk,
  { kind, sessions }: { readonly kind: OwnKind; readonly sessions?: readonly number[] },
): Promise<void> {
  await desk.ingest.exclusively((state) =>
    context.transaction(async (tx) => {
      const now = context.now();
      const rows = await running(tx, kind, sessions);
      if (rows.length === 0) return;
      const why = WORDS[kind].ends;
      for (const { device, session, at } of rows)
        if (device !== null)
          await releasePoints(tx, state, {
            devices: [device],
            session: kind === 'drill' ? session : 0,
            at: at ?? now,
            now,
            why,
          });
      const devices = rows.flatMap(({ device }) => device ?? []);
      if (kind === 'self-test')
        await tx
          .updateTable('device')
          .set({ replay_session_id: null })
          .where('id', 'in', [...devices, 0])
          .execute();
      await sql`update replay_session set state = 'ended', ended_at = ${new Date(now)}
        where id = any(${rows.map(({ session }) => session)}::int[])`.execute(tx);
      await loadDevices(tx, desk.devices, devices);
    }),
  );
}

async function running(
  tx: Tx,
  kind: OwnKind,
  sessions: readonly number[] | undefined,
): Promise<readonly Running[]> {
  const { rows } = await sql<Running>`
    select r.id as session, d.id as device, extract(epoch from r.clock)::float8 * 1000 as at
    from replay_session r left join device d on d.replay_session_id = r.id
    where r.kind = ${kind} and r.state = 'running'
      and (${sessions === undefined} or r.id = any(${[...(sessions ?? [])]}::int[]))`.execute(tx);
  return rows;
}
