import { SELF_TEST_PLACE } from '#model/platform';
import { type Level, LEVELS } from '#model/warning';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type ChosenDesk, spotTable } from './desk-choice.ts';
import type { Span } from './span.ts';

const SLOT_SECONDS = 600;
/** More in a slot of ten minutes are a flood (ISA-18.2, EEMUA 191). */
const SLOT_LIMIT = 10;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BEIJING_SECONDS = 8 * 3600;
/** As long a stretch is still told by the hour. */
const BY_HOUR_MS = 2 * DAY_MS;

/** What came to a desk. */
export interface CountedWarnings {
  readonly warnings: number;
  readonly byLevel: Readonly<Record<Level, number>>;
  readonly simulated: number;
  readonly judged: number;
  readonly falseAlarms: number;
  readonly ackMedianMs: number | null;
  readonly ackP95Ms: number | null;
}

/** Warnings of a stretch of the clock with its slots of ten minutes. */
export interface Bucket {
  readonly at: number;
  readonly warnings: number;
  /** Slots with more than ten, and the most in one. */
  readonly over: number;
  readonly peak: number;
}

interface CountedRow extends Omit<CountedWarnings, 'byLevel'> {
  readonly id: number;
  readonly levels: readonly number[];
}

/**
 * Warnings that came to each of the desks, by the moment at which they came into this system: what the load guard counts. Those of
 * replays and self-tests came to nobody.
 */
export async function countWarnings(
  tx: Tx,
  desks: readonly ChosenDesk[],
  span: Span,
): Promise<ReadonlyMap<number, CountedWarnings>> {
  const { rows } = await sql<CountedRow>`
    with seen as materialized (
      select w.place, w.scenario, w.peak_level, w.simulated, (w.false_alarm is not null or o.verdict = 'false-alarm') as is_false,
        (w.false_alarm is not null or o.verdict is not null) as is_judged,
        case when w.acknowledged_at is not null then greatest(extract(epoch from w.acknowledged_at - w.recorded_at) * 1000, 0)::float8 end as ack
      from warning w left join work_order o on o.warning_id = w.id
      where w.replay_session_id is null and w.place <> ${SELF_TEST_PLACE}
        and w.recorded_at >= ${new Date(span.from)} and w.recorded_at < ${new Date(span.until)}
    )
    select id, count(*) as warnings, count(*) filter (where simulated) as simulated, count(*) filter (where is_judged) as judged,
      count(*) filter (where is_false) as "falseAlarms",
      percentile_disc(0.5) within group (order by ack) filter (where ack is not null) as "ackMedianMs",
      percentile_disc(0.95) within group (order by ack) filter (where ack is not null) as "ackP95Ms",
      array[count(*) filter (where peak_level = 1), count(*) filter (where peak_level = 2),
        count(*) filter (where peak_level = 3), count(*) filter (where peak_level = 4)]::int[] as levels
    from seen join ${spotTable(desks)} using (place, scenario) group by id`.execute(tx);
  return new Map(
    rows.map(({ id, levels, ...counted }) => [
      id,
      {
        ...counted,
        byLevel: Object.fromEntries(
          LEVELS.map((level, i) => [level, levels[i] ?? 0]),
        ) as CountedWarnings['byLevel'],
      },
    ]),
  );
}

export function bucketMsOf({ from, until, month }: Span): number {
  return month === null && until - from <= BY_HOUR_MS ? HOUR_MS : DAY_MS;
}

/** The same warnings hour by hour or day by day of Beijing, with their slots of ten minutes. Empty buckets are left out. */
export async function bucketWarnings(
  tx: Tx,
  desks: readonly ChosenDesk[],
  span: Span,
): Promise<ReadonlyMap<number, readonly Bucket[]>> {
  const seconds = bucketMsOf(span) / 1000;
  const { rows } = await sql<Bucket & { readonly id: number }>`
    with seen as materialized (
      select w.place, w.scenario, floor(extract(epoch from w.recorded_at) / ${SLOT_SECONDS}::int)::int8 as slot, count(*) as n
      from warning w
      where w.replay_session_id is null and w.place <> ${SELF_TEST_PLACE}
        and w.recorded_at >= ${new Date(span.from)} and w.recorded_at < ${new Date(span.until)}
      group by 1, 2, 3
    ), slot as (
      select id, slot, sum(n)::int as n from seen join ${spotTable(desks)} using (place, scenario) group by 1, 2
    )
    select id, (((slot * ${SLOT_SECONDS}::int + ${BEIJING_SECONDS}::int) / ${seconds}::int) * ${seconds}::int - ${BEIJING_SECONDS}::int)::float8 * 1000 as at,
      sum(n)::int as warnings, count(*) filter (where n > ${SLOT_LIMIT}::int) as over, max(n)::int as peak
    from slot group by 1, 2 order by 2`.execute(tx);
  return Map.groupBy(rows, ({ id }) => id);
}

/** How long each desk was in flood mode, in ms. */
export async function countFloods(
  tx: Tx,
  desks: readonly ChosenDesk[],
  { from, until }: Span,
): Promise<ReadonlyMap<number, number>> {
  const [start, end] = [new Date(from), new Date(until)];
  const { rows } = await sql<{ id: number; ms: number }>`
    select platform_id as id,
      (sum(extract(epoch from least(coalesce(ended_at, ${end}), ${end}) - greatest(began_at, ${start}))) * 1000)::float8 as ms
    from seat_flood where platform_id = any(${desks.map(({ id }) => id)}::int[])
      and began_at < ${end} and coalesce(ended_at, 'infinity') > ${start}
    group by 1`.execute(tx);
  return new Map(rows.map(({ id, ms }) => [id, ms]));
}
