import type { NuisanceRow, performanceRoutes } from '#contract/warning';
import { levelOf, type Nuisance } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { actorTable, type NuisanceLimits, staleTable } from './count-alarms.ts';
import { atDesk, type ChosenDesk, chooseDesk, deskTable } from './desk-choice.ts';
import { type Span, spanOf } from './span.ts';

type Route = typeof performanceRoutes.listNuisances;

const MOST = 200;

interface Row extends Omit<NuisanceRow, 'level'> {
  readonly rank: number;
  readonly total: number;
}

/** 抖动, 瞬时 or 常驻 at a desk in a stretch of time, the worst first. Throws `record.not-found` for a desk out of reach. */
export async function listNuisances(
  context: RequestContext,
  { query }: { readonly query: z.output<Route['query']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('warning.read');
  const { kind } = query;
  const span = spanOf(query, context.now());
  return context.transaction(async (tx) => {
    const { desk } = await chooseDesk(context, tx, query.desk);
    const rows = await loadRows(tx, desk, LISTS[kind](span, query));
    return {
      kind,
      from: span.from,
      until: span.until,
      total: rows[0]?.total ?? 0,
      items: rows.map(show),
    };
  });
}

function show({ point, object, sign, rank, warning, order, ...row }: Row): NuisanceRow {
  const { alarms, count, since, newest, standing, lastedMs } = row;
  const told = { alarms, count, since, newest, standing, lastedMs };
  return { point, object, sign, level: levelOf(rank) ?? 'blue', ...told, warning, order };
}

/**
 * Each kind as a table `one(alarm, point_id, code, object_id, place, scenario, rank, alarms, count, since, newest, lasted, worst)`: `alarm`
 * is the newest of them, by `worst` they are put in order.
 */
const LISTS: Readonly<Record<Nuisance, (span: Span, limits: NuisanceLimits) => RawBuilder<unknown>>> = {
  chattering: (span, limits) => repeated(span, limits, 'bursts'),
  fleeting: (span, limits) => repeated(span, limits, 'fleeting'),
  stale: (span) => sql`
    select lasting.id as alarm, lasting.point_id, g.code, lasting.object_id, lasting.place, lasting.scenario, lasting.peak_level as rank,
      1 as alarms, 1 as count, lasting.raised_at as since, lasting.raised_at as newest,
      (extract(epoch from least(coalesce(normal_at, 'infinity'), ${new Date(span.until)}) - raised_at) * 1000)::float8 as lasted,
      -extract(epoch from lasting.raised_at)::float8 as worst
    from ${staleTable(span)} join sign g on g.id = lasting.sign_id`,
};

function repeated(span: Span, limits: NuisanceLimits, by: 'bursts' | 'fleeting'): RawBuilder<unknown> {
  const n = sql.ref(by);
  return sql`select newest_id as alarm, point_id, code, object_id, place, scenario, level as rank, n as alarms, ${n} as count, oldest as since,
    newest, lasted, ${n}::float8 as worst from ${actorTable(span, limits)} where ${n} > 0`;
}

async function loadRows(tx: Tx, desk: ChosenDesk, list: RawBuilder<unknown>): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select json_build_object('id', p.id, 'code', p.code) as point,
      json_build_object('id', o.id, 'code', o.code, 'name', o.name) as object,
      json_build_object('code', one.code, 'name', g.name) as sign, one.rank, one.alarms, one.count, one.since, one.newest,
      one.lasted as "lastedMs", one.total, a.normal_at is null as standing,
      case when w.id is not null then json_build_object('id', w.id, 'state', w.state) end as warning,
      case when k.id is not null then json_build_object('id', k.id, 'code', k.code, 'state', k.state) end as "order"
    from (
      select one.*, count(*) over () as total from (${list}) one join ${deskTable([desk])} on ${atDesk('one')}
      order by worst desc, alarm desc limit ${MOST}
    ) one join alarm a on a.id = one.alarm join point p on p.id = one.point_id join monitored_object o on o.id = one.object_id
    join lateral (select name from sign where code = one.code order by standard_id desc limit 1) g on true
    left join lateral (
      select w.id, w.state from warning_evidence e join warning w on w.id = e.warning_id where e.alarm_id = one.alarm
      order by w.id desc limit 1
    ) w on true
    left join work_order k on k.warning_id = w.id
    order by one.worst desc, one.alarm desc`.execute(tx);
  return rows;
}
