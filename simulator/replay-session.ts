import { monitoringRoutes, type ReplaySession } from '#contract/monitoring';

import { type PuanClient, RefusedError } from './client.ts';
import type { ReplayMap } from './replay-map.ts';

/** What sessions of a recording are called. */
export const sessionName = (map: Pick<ReplayMap, 'name'>): string => `回放·${map.name}`;

/**
 * Opens a replay session. One of the same name that was left running (a crash, a lost terminal) is ended first; a
 * session of another name that holds our devices is somebody's work and is left alone: throws {@link RefusedError}.
 */
export async function openSession(
  client: PuanClient,
  name: string,
  devices: readonly string[],
): Promise<ReplaySession> {
  const open = (): Promise<ReplaySession> =>
    client.call(monitoringRoutes.openReplaySession, { body: { name, devices: [...devices] } });
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof RefusedError && error.code === 'replay.conflict')) throw error;
    const { items } = await client.call(monitoringRoutes.listReplaySessions, { query: { limit: 500 } });
    const left = items.filter((session) => session.state === 'running' && session.name === name);
    if (left.length === 0) throw error;
    for (const { id } of left) await endSession(client, id);
    return open();
  }
}

/** Ends a session; one that has ended already is no fault. */
export async function endSession(client: PuanClient, id: number): Promise<void> {
  try {
    await client.call(monitoringRoutes.endReplaySession, { params: { id } });
  } catch (error) {
    if (!(error instanceof RefusedError && error.code === 'replay.ended')) throw error;
  }
}
