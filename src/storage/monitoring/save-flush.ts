import type pg from 'pg';

import { type DayRows, literal, saveDay } from './save-day.ts';
import { type DetectorRow, saveDetectors } from './save-detectors.ts';

/** What is written down of the points that wait longest, each as far as the present group has brought it. */
export interface Flush {
  /** Receiving time of the present group (epoch ms): what is written holds up to here, this group included. */
  readonly countedTo: number;
  /** Receiving time up to which nothing is left to write down. */
  readonly flushedTo: number;
  readonly points: readonly number[];
  readonly observedAt: readonly number[];
  readonly values: readonly number[];
  readonly qualities: readonly number[];
  /** Ms between a point's last two readings. */
  readonly intervals: readonly number[];
  /** Since when each point's value has been the same; epoch ms. */
  readonly sameSince: readonly number[];
  /** Of points that some sign has learnt, now and then. */
  readonly detectors: readonly DetectorRow[];
  readonly days: readonly DayRows[];
  /** Of all readings since the last flush. */
  readonly counts: readonly {
    readonly day: string;
    readonly scenario: number;
    readonly replay: boolean;
    /** Told by a drill's script. */
    readonly script: boolean;
    readonly received: number;
    readonly suspect: number;
  }[];
}

/** Writes down what was held in memory; a restart works through the readings that are not in it yet. */
export async function saveFlush(client: pg.ClientBase, flush: Flush): Promise<void> {
  await client.query(
    `insert into point_state (point_id, observed_at, value, quality, interval_ms, same_since)
     select p, to_timestamp(t / 1000.0), v, q, i, to_timestamp(nullif(s, 0) / 1000.0)
       from unnest($1::int[], $2::float8[], $3::float8[], $4::int[], $5::float8[], $6::float8[]) as s(p, t, v, q, i, s)
     on conflict (point_id) do update set observed_at = excluded.observed_at, value = excluded.value, quality = excluded.quality,
       interval_ms = excluded.interval_ms, same_since = excluded.same_since`,
    [
      literal(flush.points),
      literal(flush.observedAt),
      literal(flush.values),
      literal(flush.qualities),
      literal(flush.intervals),
      literal(flush.sameSince),
    ],
  );
  await saveDetectors(client, flush.detectors);
  for (const rows of flush.days) await saveDay(client, rows, flush.countedTo);
  if (flush.counts.length > 0) {
    await client.query(
      `insert into reading_count as c (day, scenario, replay, script, received, suspect)
       select day, scenario, replay, script, received, suspect from json_to_recordset($1::json)
         as n(day date, scenario int, replay boolean, script boolean, received bigint, suspect bigint)
       on conflict (day, scenario, replay, script) do update
         set received = c.received + excluded.received, suspect = c.suspect + excluded.suspect`,
      [JSON.stringify(flush.counts)],
    );
  }
  await client.query(
    `update ingest_mark set flushed_to = to_timestamp($1 / 1000.0), counted_to = to_timestamp($2 / 1000.0)`,
    [flush.flushedTo, flush.countedTo],
  );
}
