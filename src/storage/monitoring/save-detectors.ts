import type pg from 'pg';

import { literal } from './save-day.ts';

/** What a detector remembers of a point; moments are epoch ms. */
export interface DetectorRow {
  readonly point: number;
  /** Layout of `memory`. */
  readonly form: number;
  readonly since: number;
  readonly at: number;
  readonly readings: number;
  readonly memory: Uint8Array;
}

export async function saveDetectors(client: pg.ClientBase, rows: readonly DetectorRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `insert into detector_memory (point_id, form, since, at, readings, memory)
     select * from unnest($1::int[], $2::int2[], $3::float8[], $4::float8[], $5::float8[], $6::bytea[])
     on conflict (point_id) do update set form = excluded.form, since = excluded.since, at = excluded.at,
       readings = excluded.readings, memory = excluded.memory`,
    [
      literal(rows.map(({ point }) => point)),
      literal(rows.map(({ form }) => form)),
      literal(rows.map(({ since }) => since)),
      literal(rows.map(({ at }) => at)),
      literal(rows.map(({ readings }) => readings)),
      rows.map(({ memory }) => Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength)),
    ],
  );
}
