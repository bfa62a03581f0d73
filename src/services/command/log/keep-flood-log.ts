import type { Event } from '#bus';
import { announce } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

/** When flood mode (洪峰模式) begins or ends at a duty desk, its log says so. Told twice it writes once. */
export async function keepFloodLog(tx: Tx, events: readonly Event[]): Promise<void> {
  const lines = events.map(({ seq, type, at, payload }) => ({
    seq,
    type,
    at,
    platform: payload.id,
    text: typeof payload['text'] === 'string' ? payload['text'] : '',
  }));
  const { rows } = await sql<{
    id: number;
    place: number;
    scenario: number | null;
    at: number;
    text: string;
  }>`
    insert into duty_log (platform_id, place, scenario, at, kind, text, event_type, idempotency_key)
    select p.id, p.place, p.scenario, to_timestamp(r.at / 1000.0), 'system', r.text, r.type, 'event:' || r.seq
    from ${recordset(lines, sql`r(seq bigint, type text, at float8, platform int, text text)`)}
    join platform p on p.id = r.platform
    on conflict (platform_id, idempotency_key) where idempotency_key is not null do nothing
    returning platform_id as id, place, scenario, at, text`.execute(tx);
  await announce(
    tx,
    rows.map(({ id, place, scenario, at, text }) => ({
      type: 'duty.log-added',
      at,
      place,
      scenario,
      payload: { id, text },
    })),
  );
}
