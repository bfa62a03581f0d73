import { AppError } from '#base';
import type { monitoringRoutes, ReplaySession } from '#contract/monitoring';
import { announce, audit, cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Storage, Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import type { MonitoringDesk } from './desk.ts';
import { loadDevices } from './device-book.ts';
import { reachDevices } from './device-reach.ts';
import { recallDetectors } from './detectors/recall-detectors.ts';
import { releasePoints } from './release-points.ts';

/** What replay sessions need beside the request: rows of the hot path belong to the owner, not to requests. */
export interface ReplayGround {
  readonly desk: MonitoringDesk;
  readonly storage: Storage;
  readonly poke: () => void;
}

/**
 * Opens a replay session for devices: from now on their readings are judged by the recording's clock, marked 回放 and
 * kept out of live figures. What their signs knew is forgotten; what they had raised returns to normal. Throws
 * `record.not-found` for devices the caller does not wholly reach, `replay.conflict` for one that plays already.
 */
export async function openReplaySession(
  context: RequestContext,
  ground: ReplayGround,
  body: z.output<typeof monitoringRoutes.openReplaySession.body>,
): Promise<ReplaySession> {
  context.authorize('replay.run');
  await reachDevices(context, body.devices);
  const session = await ground.desk.ingest.exclusively((state) =>
    ground.storage.system.transaction().execute(async (tx) => {
      const devices = await lockDevices(tx, body.devices);
      const now = context.now();
      const made = await tx
        .insertInto('replay_session')
        .values({
          name: body.name,
          state: 'running',
          opened_at: new Date(now),
          opened_by: context.actor.name,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .updateTable('device')
        .set({ replay_session_id: made.id })
        .where('id', 'in', [...devices, 0])
        .execute();
      await releasePoints(tx, state, { devices, session: made.id, at: now, now, why: '设备进入回放' });
      state.sessionOpenedAt.set(made.id, now);
      await loadDevices(tx, ground.desk.devices, devices);
      await audit(context, tx, {
        action: 'replay-session.open',
        subject: `replay-session/${made.id}`,
        after: body,
      });
      await announce(tx, [
        {
          type: 'replay-session.opened',
          at: now,
          place: null,
          scenario: null,
          payload: { id: made.id, text: body.name },
        },
      ]);
      return loadSession(tx, made.id);
    }),
  );
  ground.poke();
  return session;
}

/** Ends a session: its devices are live again, warnings it left open return to normal with that reason. */
export async function endReplaySession(
  context: RequestContext,
  ground: ReplayGround,
  id: number,
): Promise<ReplaySession> {
  context.authorize('replay.run');
  const session = await ground.desk.ingest.exclusively((state) =>
    ground.storage.system.transaction().execute(async (tx) => {
      const found = await tx
        .selectFrom('replay_session')
        .selectAll()
        // A number beyond the column's is a session that does not exist; a drill ends as a drill.
        .where(sql<boolean>`id = ${id}::bigint and kind = 'recording'`)
        .forUpdate()
        .executeTakeFirst();
      if (!found) throw new AppError('record.not-found', { what: '回放会话', id: String(id) });
      if (found.state === 'ended') throw new AppError('replay.ended');
      const rows = await tx
        .selectFrom('device')
        .select(['id', 'code'])
        .where('replay_session_id', '=', id)
        .execute();
      await reachDevices(
        context,
        rows.map(({ code }) => code),
      );
      const devices = rows.map((row) => row.id);
      const now = context.now();
      const at = found.clock ?? now;
      const points = await releasePoints(tx, state, { devices, session: 0, at, now, why: '回放结束' });
      // What the recording taught is gone; what was learnt of the point itself goes on.
      await recallDetectors(tx, state.book, points);
      await tx
        .updateTable('device')
        .set({ replay_session_id: null })
        .where('replay_session_id', '=', id)
        .execute();
      await tx
        .updateTable('replay_session')
        .set({ state: 'ended', ended_at: new Date(now) })
        .where('id', '=', id)
        .execute();
      await loadDevices(tx, ground.desk.devices, devices);
      await audit(context, tx, { action: 'replay-session.end', subject: `replay-session/${id}` });
      await announce(tx, [
        {
          type: 'replay-session.ended',
          at: now,
          place: null,
          scenario: null,
          payload: { id, text: found.name },
        },
      ]);
      return loadSession(tx, id);
    }),
  );
  ground.poke();
  return session;
}

/** Sessions, the newest first. */
export async function listReplaySessions(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof monitoringRoutes.listReplaySessions.query> },
): Promise<{ items: ReplaySession[]; next: string | null }> {
  context.authorize('map.read');
  const before = query.after === undefined ? 2_147_483_647 : readIdCursor(query.after);
  return context.transaction(async (tx) => {
    const rows = await sessions(
      tx,
      sql`where s.id < ${before} and s.kind <> 'self-test' order by s.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, (row) => String(row.id));
    return { items: [...page], next };
  });
}

async function lockDevices(tx: Tx, codes: readonly string[]): Promise<readonly number[]> {
  const rows = await tx
    .selectFrom('device')
    .select(['id', 'code', 'replay_session_id'])
    .where('code', 'in', [...codes])
    .forUpdate()
    .execute();
  const missing = codes.filter((code) => !rows.some((row) => row.code === code));
  if (missing.length > 0)
    throw new AppError('record.not-found', { what: '设备', id: missing.slice(0, 20).join('、') });
  const busy = rows.find((row) => row.replay_session_id !== null);
  if (busy) throw new AppError('replay.conflict', { device: busy.code });
  return rows.map((row) => row.id);
}

async function loadSession(tx: Tx, id: number): Promise<ReplaySession> {
  const [session] = await sessions(tx, sql`where s.id = ${id}`);
  if (!session) throw new AppError('record.not-found', { what: '回放会话', id: String(id) });
  return session;
}

async function sessions(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly ReplaySession[]> {
  const { rows } = await sql<{
    id: number;
    name: string;
    kind: 'recording' | 'drill';
    state: 'running' | 'ended';
    devices: string[] | null;
    clock: number | null;
    opened_at: number;
    ended_at: number | null;
    opened_by: string | null;
  }>`select s.id, s.name, s.kind, s.state, s.clock, s.opened_at, s.ended_at, s.opened_by,
      (select json_agg(d.code order by d.code) from device d where d.replay_session_id = s.id) as devices
    from replay_session s ${suffix}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    devices: row.devices ?? [],
    clock: row.clock,
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    openedBy: row.opened_by,
  }));
}
