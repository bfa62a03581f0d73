import { SELF_TEST_PLACE } from '#model/platform';
import { CHATTER, FLEETING_SECONDS, HOLD_KINDS, type HoldKind } from '#model/warning';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { atDesk, type ChosenDesk, deskTable, spotTable } from './desk-choice.ts';
import type { Span } from './span.ts';

/** What is called chattering and fleeting. */
export interface NuisanceLimits {
  readonly times: number;
  readonly within: number;
  readonly fleeting: number;
}
export const NUISANCE_LIMITS: NuisanceLimits = {
  times: CHATTER.times,
  within: CHATTER.seconds,
  fleeting: FLEETING_SECONDS,
};

/** What alarms came to at a desk. */
export interface CountedAlarms {
  readonly alarms: number;
  readonly topTen: number;
  /** Signs at points that raised them. */
  readonly actors: number;
  readonly chattering: number;
  readonly worst: readonly ActorRow[];
}

/** A sign at a point that is one of the worst of a desk. */
export interface ActorRow {
  readonly point: { readonly id: number; readonly code: string };
  readonly object: { readonly id: number; readonly code: string; readonly name: string };
  readonly sign: { readonly code: string; readonly name: string };
  /** Its alarms. */
  readonly n: number;
  readonly bursts: number;
  readonly fleeting: number;
  readonly newest: number;
}

const WORST = 10;

/**
 * The signs at points that were raised in a stretch of time, each once, with how often: `actor(point_id, code, place, scenario, level,
 * n, bursts, fleeting, oldest, newest, lasted)`. A version of the standard that comes in between does not part them. One pass over the
 * alarms of the time.
 */
export function actorTable(span: Span, { times, within, fleeting }: NuisanceLimits): RawBuilder<unknown> {
  return sql`(
    select point_id, code, min(object_id) as object_id, min(place) as place, min(scenario) as scenario, max(peak_level) as level,
      count(*) as n, count(*) filter (where raised_at - earlier <= make_interval(secs => ${within}::int)) as bursts,
      count(*) filter (where normal_at - raised_at <= make_interval(secs => ${fleeting}::int)) as fleeting,
      min(raised_at) as oldest, max(raised_at) as newest, max(id) as newest_id,
      (max(extract(epoch from least(coalesce(normal_at, 'infinity'), ${new Date(span.until)}) - raised_at)) * 1000)::float8 as lasted
    from (
      select a.*, g.code, lag(a.raised_at, ${times - 1}::int) over (partition by a.point_id, g.code order by a.raised_at, a.id) as earlier
      from alarm a join sign g on g.id = a.sign_id
      where a.replay_session_id is null and a.place <> ${SELF_TEST_PLACE}
        and a.raised_at >= ${new Date(span.from)} and a.raised_at < ${new Date(span.until)}
    ) raised group by point_id, code
  ) actor`;
}

/** Alarms that stood for longer than a day without a break at some moment of the stretch: `lasting`, rows of `alarm`. */
export function staleTable({ from, until }: Span): RawBuilder<unknown> {
  const real = sql`replay_session_id is null and place <> ${SELF_TEST_PLACE}
    and raised_at < ${new Date(until)}::timestamptz - interval '24 hours'`;
  return sql`(
    select * from alarm where normal_at is null and ${real}
    union all
    select * from alarm where normal_at - raised_at > interval '24 hours' and ${real}
      and normal_at >= ${new Date(from)} and normal_at >= raised_at + interval '24 hours'
  ) lasting`;
}

/** The alarms that were raised for each of the desks: how many, what of them is wrong in itself, and the ten worst by name. */
export async function countAlarms(
  tx: Tx,
  desks: readonly ChosenDesk[],
  span: Span,
): Promise<ReadonlyMap<number, CountedAlarms>> {
  const { rows } = await sql<ActorRow & Omit<CountedAlarms, 'worst' | 'topTen'> & { readonly id: number }>`
    with seen as materialized (select * from ${actorTable(span, NUISANCE_LIMITS)})
    select w.id, json_build_object('id', p.id, 'code', p.code) as point,
      json_build_object('id', o.id, 'code', o.code, 'name', o.name) as object,
      json_build_object('code', w.code, 'name', g.name) as sign, w.n, w.bursts, w.fleeting, w.newest, w.alarms, w.actors, w.chattering
    from (
      select seen.*, id, row_number() over (partition by id order by n desc, point_id, code) as rank,
        (sum(n) over (partition by id))::int as alarms, count(*) over (partition by id) as actors,
        count(*) filter (where bursts > 0) over (partition by id) as chattering
      from seen join ${spotTable(desks)} using (place, scenario)
    ) w join point p on p.id = w.point_id join monitored_object o on o.id = w.object_id
    join lateral (select name from sign where code = w.code order by standard_id desc limit 1) g on true
    where w.rank <= ${WORST}::int order by w.id, w.rank`.execute(tx);
  const byDesk = Map.groupBy(rows, ({ id }) => id);
  return new Map(
    [...byDesk].map(([id, worst]) => {
      const { alarms = 0, actors = 0, chattering = 0 } = worst[0] ?? {};
      return [id, { alarms, actors, chattering, topTen: worst.reduce((sum, { n }) => sum + n, 0), worst }];
    }),
  );
}

/** How many signs at points stood for longer than a day, by desk. */
export async function countStale(
  tx: Tx,
  desks: readonly ChosenDesk[],
  span: Span,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ id: number; n: number }>`
    select desk.id, count(distinct (lasting.point_id, g.code)) as n
    from ${staleTable(span)} join sign g on g.id = lasting.sign_id join ${deskTable(desks)} on ${atDesk('lasting')}
    group by 1`.execute(tx);
  return new Map(rows.map(({ id, n }) => [id, n]));
}

export type HeldCounts = Readonly<Record<HoldKind, number>>;

/** How many alarms began to be held back, by desk and kind. */
export async function countHeld(
  tx: Tx,
  desks: readonly ChosenDesk[],
  span: Span,
): Promise<ReadonlyMap<number, HeldCounts>> {
  const { rows } = await sql<{ id: number; kind: HoldKind; n: number }>`
    select desk.id, h.kind, count(distinct h.alarm_id) as n
    from alarm_hold h join alarm a on a.id = h.alarm_id join ${deskTable(desks)} on ${atDesk('h')}
    where h.held_at >= ${new Date(span.from)} and h.held_at < ${new Date(span.until)} and a.replay_session_id is null
      and h.place <> ${SELF_TEST_PLACE} group by 1, 2`.execute(tx);
  const byDesk = Map.groupBy(rows, ({ id }) => id);
  return new Map([...byDesk].map(([id, its]) => [id, heldCounts(its)]));
}

export function heldCounts(rows: readonly { readonly kind: HoldKind; readonly n: number }[]): HeldCounts {
  return Object.fromEntries(
    HOLD_KINDS.map((kind) => [kind, rows.find((row) => row.kind === kind)?.n ?? 0]),
  ) as HeldCounts;
}
