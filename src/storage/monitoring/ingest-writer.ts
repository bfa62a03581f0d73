import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { clientConfig, type DatabaseLocation } from '../connection.ts';
import { findPacked } from '../readings/find-packed.ts';
import { COPY_READINGS } from './reading-copy.ts';
import { type Flush, saveFlush } from './save-flush.ts';

const WRITER_LOCK = 20_240_040;

/** Somebody else writes to this database; one sentence says what to do. */
export class WriterTakenError extends Error {
  override readonly name = 'WriterTakenError';
}

/** A reading by its natural key. */
export interface ReadingKey {
  readonly point: number;
  readonly observedAt: number;
}

export interface AlarmRow {
  readonly id: number;
  readonly point_id: number;
  readonly object_id: number;
  readonly sign_id: number;
  readonly item_code: string;
  readonly place: number;
  readonly scenario: number;
  readonly level: number;
  readonly peak_level: number;
  readonly value: number;
  readonly peak_value: number;
  /** Epoch ms, as all moments here. */
  readonly raised_at: number;
  readonly changed_at: number;
  readonly normal_at: number | null;
  readonly recorded_at: number;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
  /** The facts that made a composite sign true, in a sentence; null for the others. */
  readonly reason: string | null;
}

/** A day's fire weather at a point; `missing` are the elements without a usable value, and then there is no index. */
export interface FireWeatherRow {
  readonly point_id: number;
  /** `2026-11-30`, of Beijing. */
  readonly day: string;
  readonly temperature: number | null;
  readonly relative_humidity: number | null;
  readonly wind: number | null;
  readonly rain: number | null;
  readonly missing: readonly string[];
  readonly ffmc: number;
  readonly dmc: number;
  readonly dc: number;
  readonly isi: number | null;
  readonly bui: number | null;
  readonly fwi: number | null;
}

export interface SignStateRow {
  readonly point_id: number;
  readonly sign_id: number;
  readonly level: number;
  readonly pending_since: readonly number[];
  readonly below_since: number;
  readonly peak_level: number;
  readonly peak_value: number;
  readonly value: number;
  readonly at: number;
  readonly alarm_id: number | null;
}

/**
 * The one connection that writes readings. Everything a group of readings changes is one transaction on it; the caller
 * drives the steps between {@link begin} and {@link commit}.
 */
export class IngestWriter {
  readonly #client: pg.Client;
  #broken = false;

  private constructor(client: pg.Client) {
    this.#client = client;
    client.on('error', () => {
      this.#broken = true;
    });
    client.on('end', () => {
      this.#broken = true;
    });
  }

  static async connect(location: DatabaseLocation): Promise<IngestWriter> {
    const client = new pg.Client(clientConfig(location));
    const writer = new IngestWriter(client);
    await client.connect();
    await writer.#becomeTheOne();
    return writer;
  }

  /** Two processes that write readings would judge the same signs twice: the database lets in one. */
  async #becomeTheOne(): Promise<void> {
    for (let tries = 0; tries < 50; tries += 1) {
      const { rows } = await this.#client.query<{ mine: boolean }>(
        `select pg_try_advisory_lock(${WRITER_LOCK}) as mine`,
      );
      if (rows[0]?.mine === true) return;
      // A predecessor that was killed holds it until the database has noticed.
      await sleep(100);
    }
    await this.close();
    throw new WriterTakenError(
      '另一个浦安进程正在使用这个数据库。请先停掉它，或为这一个另设 PUAN_DATA_DIR 或 DATABASE_URL。',
    );
  }

  get broken(): boolean {
    return this.#broken;
  }

  /** The client, for statements of other rooms that belong into the same transaction. */
  get client(): pg.Client {
    return this.#client;
  }

  async begin(): Promise<void> {
    await this.#client.query('begin');
  }

  async commit(): Promise<void> {
    await this.#client.query('commit');
  }

  /** Streams COPY bytes in one piece; outside of {@link begin} and {@link commit} a transaction by itself. */
  async copy(bytes: Uint8Array): Promise<void> {
    const stream = this.#client.query(copyFrom(COPY_READINGS));
    const done = once(stream, 'finish');
    stream.end(bytes);
    await done;
  }

  /**
   * Which of these rows are stored already. Live ones are looked for among live ones, hot and packed; a replay looks at its own
   * rows only, those received since `replayedSince` (epoch ms).
   */
  async findExisting(
    keys: readonly ReadingKey[],
    replayedSince: number | undefined,
  ): Promise<ReadonlySet<string>> {
    const hot = await this.#findHot(keys, replayedSince);
    if (replayedSince !== undefined) return hot;
    // After the hot ones: what is packed in between is then found twice and not missed.
    return new Set([...hot, ...(await findPacked(this.#client, keys)).map(keyOf)]);
  }

  async #findHot(
    keys: readonly ReadingKey[],
    replayedSince: number | undefined,
  ): Promise<ReadonlySet<string>> {
    const times = keys.map((key) => key.observedAt);
    const { rows } = await this.#client.query<{ point: number; at: number }>(
      `select point_id as point, extract(epoch from observed_at)::float8 * 1000 as at from reading
       where observed_at between to_timestamp($1 / 1000.0) and to_timestamp($2 / 1000.0)
         and received_at >= to_timestamp($3 / 1000.0) and point_id = any($4) and (source >= 16) = $5`,
      [
        times.reduce((a, b) => Math.min(a, b)),
        times.reduce((a, b) => Math.max(a, b)),
        replayedSince ?? 0,
        [...new Set(keys.map((key) => key.point))],
        replayedSince !== undefined,
      ],
    );
    return new Set(rows.map((row) => keyOf({ point: row.point, observedAt: Math.round(row.at) })));
  }

  async alarmIds(count: number): Promise<readonly number[]> {
    const { rows } = await this.#client.query<{ id: number }>(
      `select nextval('alarm_id') as id from generate_series(1, $1)`,
      [count],
    );
    return rows.map((row) => row.id);
  }

  async saveAlarms(rows: readonly AlarmRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#client.query(
      `insert into alarm (id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
         raised_at, changed_at, normal_at, recorded_at, replay_session_id, simulated, reason)
       select id, point_id, object_id, sign_id, item_code, place, scenario, level, peak_level, value, peak_value,
         to_timestamp(raised_at / 1000.0), to_timestamp(changed_at / 1000.0), to_timestamp(normal_at / 1000.0),
         to_timestamp(recorded_at / 1000.0), replay_session_id, simulated, reason
       from json_to_recordset($1::json) as a(id bigint, point_id int, object_id int, sign_id int, item_code text, place int,
         scenario int, level int, peak_level int, value float8, peak_value float8, raised_at float8, changed_at float8,
         normal_at float8, recorded_at float8, replay_session_id int, simulated boolean, reason text)
       on conflict (id) do update set reason = coalesce(excluded.reason, alarm.reason), level = excluded.level,
         peak_level = excluded.peak_level, value = excluded.value, peak_value = excluded.peak_value, changed_at = excluded.changed_at, normal_at = excluded.normal_at`,
      [JSON.stringify(rows)],
    );
  }

  async saveSignStates(rows: readonly SignStateRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#client.query(
      `insert into sign_state (point_id, sign_id, level, pending_since, below_since, peak_level, peak_value, value, at, alarm_id)
       select point_id, sign_id, level, pending_since, below_since, peak_level, coalesce(peak_value, 'NaN'), value, at, alarm_id
       from json_to_recordset($1::json) as s(point_id int, sign_id int, level int, pending_since float8[], below_since float8,
         peak_level int, peak_value float8, value float8, at float8, alarm_id bigint)
       on conflict (point_id, sign_id) do update set level = excluded.level, pending_since = excluded.pending_since,
         below_since = excluded.below_since, peak_level = excluded.peak_level, peak_value = excluded.peak_value,
         value = excluded.value, at = excluded.at, alarm_id = excluded.alarm_id`,
      [JSON.stringify(rows)],
    );
  }

  /** A day that is written stays as it was judged. */
  async saveFireWeather(rows: readonly FireWeatherRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#client.query(
      `insert into fire_weather_day (point_id, day, temperature, relative_humidity, wind, rain, missing, ffmc, dmc, dc, isi, bui, fwi)
       select point_id, day, temperature, relative_humidity, wind, rain, missing, ffmc, dmc, dc, isi, bui, fwi
       from json_to_recordset($1::json) as d(point_id int, day date, temperature float8, relative_humidity float8, wind float8,
         rain float8, missing text[], ffmc float8, dmc float8, dc float8, isi float8, bui float8, fwi float8)
       on conflict (point_id, day) do nothing`,
      [JSON.stringify(rows)],
    );
  }

  async saveSessionClocks(clocks: readonly { readonly id: number; readonly clock: number }[]): Promise<void> {
    if (clocks.length === 0) return;
    await this.#client.query(
      `update replay_session s set clock = greatest(s.clock, to_timestamp(c.clock / 1000.0))
       from json_to_recordset($1::json) as c(id int, clock float8) where s.id = c.id`,
      [JSON.stringify(clocks)],
    );
  }

  async flush(flush: Flush): Promise<void> {
    await saveFlush(this.#client, flush);
  }

  async close(): Promise<void> {
    this.#broken = true;
    await this.#client.end().catch(() => undefined);
  }
}

/** A text key for a reading, for sets. */
export function keyOf(key: ReadingKey): string {
  return `${key.point}@${key.observedAt}`;
}
