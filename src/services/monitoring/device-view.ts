import type { Device } from '#contract/monitoring';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { refusalText } from './refusal-text.ts';

interface Row {
  readonly id: number;
  readonly code: string;
  readonly protocol: string;
  readonly points: number;
  readonly last_seen_at: number | null;
  readonly frames_accepted: number;
  readonly refused: { reason: string; count: number }[] | null;
  readonly unmapped: string[] | null;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
}

/** Devices with what was refused of them, by reason. */
export async function loadDeviceViews(
  tx: Tx,
  pick: { readonly ids: readonly number[] } | { readonly suffix: RawBuilder<unknown> },
): Promise<readonly Device[]> {
  const suffix = 'ids' in pick ? sql`where d.id = any(${[...pick.ids]}) order by d.id` : pick.suffix;
  const { rows } = await sql<Row>`
    select d.id, d.code, d.protocol, d.last_seen_at, d.frames_accepted, d.replay_session_id, d.simulated,
      (select count(*) from device_factor f where f.device_id = d.id) as points,
      (select json_agg(json_build_object('reason', r.reason, 'count', r.count) order by r.count desc)
        from frame_refusal r where r.protocol = d.protocol and r.device_code = d.code) as refused,
      (select json_agg(u.factor order by u.factor)
        from unmapped_factor u where u.protocol = d.protocol and u.device_code = d.code) as unmapped
    from device d ${suffix}`.execute(tx);
  return rows.map(show);
}

function show(row: Row): Device {
  return {
    id: row.id,
    code: row.code,
    protocol: row.protocol,
    points: row.points,
    lastSeenAt: row.last_seen_at,
    framesAccepted: row.frames_accepted,
    framesRefused: (row.refused ?? []).map(({ reason, count }) => ({
      reason,
      text: refusalText(row.protocol, reason),
      count,
    })),
    unmappedFactors: row.unmapped ?? [],
    replaySession: row.replay_session_id,
    simulated: row.simulated,
  };
}
