import type { reportRoutes } from '#contract/report';
import { covers, type Scope } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import type { MonthSpan } from './month-span.ts';
import type { RowKind } from './row-kind.ts';

type Readings = z.output<typeof reportRoutes.getMonth.reply>['readings'];

export interface ReadingsAsked {
  readonly span: MonthSpan;
  readonly kind: RowKind;
  readonly scope: Scope;
  readonly now: number;
}

/** The first and the last number of the district's territory. */
const DISTRICT = [1, 999_999] as const;
/** Below it are offices: numbers in which no object stands. */
const FIRST_TERRITORY = 100_000;

interface Row {
  readonly id: number;
  readonly scenario: string;
  readonly name: string;
  readonly expected: number;
  readonly received: number | null;
  readonly suspect: number | null;
  readonly scripted: number | null;
}

/**
 * Readings expected and received in the month. Counts are kept per scenario, not per place: a scope that is part of the
 * territory gets null for what was received rather than another town's readings.
 */
export async function countReadings(tx: Tx, asked: ReadingsAsked): Promise<Readings> {
  const { scope } = asked;
  const everything = DISTRICT.every((place) => covers(scope, place, null));
  const offices = scope.scenarios.length > 0 && scope.places.every(({ to }) => to < FIRST_TERRITORY);
  const counted = everything || offices;
  const rows = await loadRows(tx, asked, { everything, counted });
  const expected = rows.reduce((all, row) => all + row.expected, 0);
  const sum = (numbers: readonly (number | null)[]): number | null =>
    counted ? numbers.reduce((all: number, n) => all + (n ?? 0), 0) : null;
  const received = sum(rows.map((row) => row.received));
  return {
    expected,
    received,
    suspect: sum(rows.map((row) => row.suspect)),
    scripted: sum(rows.map((row) => row.scripted)),
    completeness: expected === 0 || received === null ? null : received / expected,
    byScenario: rows.map((row) => ({
      scenario: row.scenario,
      name: row.name,
      expected: row.expected,
      received: counted ? (row.received ?? 0) : null,
    })),
  };
}

/** What a replay should have sent is not known, so only live rows have expectations. */
async function loadRows(
  tx: Tx,
  { span, kind, scope, now }: ReadingsAsked,
  { everything, counted }: { readonly everything: boolean; readonly counted: boolean },
): Promise<readonly Row[]> {
  const until = new Date(Math.min(span.to, now));
  // Whoever sees scenarios only would else also see points of other scenarios at shared objects.
  const scenarios = everything || !counted ? sql`true` : sql`s.id = any(${[...scope.scenarios]}::int2[])`;
  const { rows } = await sql<Row>`
    with expected as (
      select e.scenario, sum(floor(
        greatest(0, extract(epoch from ${until}::timestamptz - greatest(p.created_at, ${new Date(span.from)})))
        / e.period_seconds))::float8 as n
      from point p join element e on e.code = p.element_code
      left join device d on d.id = p.device_id
      left join replay_session r on r.id = d.replay_session_id and (r.state = 'running' or r.kind = 'drill')
      where ${kind === 'live'} and e.period_seconds > 0 and r.id is null and p.created_at < ${until}
      group by e.scenario
    ), counted as (
      select scenario, coalesce(sum(received) filter (where not script), 0)::float8 as received,
        coalesce(sum(suspect) filter (where not script), 0)::float8 as suspect, sum(received) filter (where script)::float8 as scripted
      from reading_count
      where ${counted} and replay = ${kind === 'replay'}
        and day >= (${new Date(span.from)}::timestamptz at time zone 'Asia/Shanghai')::date
        and day < (${new Date(span.to)}::timestamptz at time zone 'Asia/Shanghai')::date
      group by scenario
    )
    select s.id, s.code as scenario, s.name, coalesce(x.n, 0) as expected, c.received, c.suspect, c.scripted
    from scenario s left join expected x on x.scenario = s.id left join counted c on c.scenario = s.id
    where (x.scenario is not null or c.scenario is not null) and ${scenarios} order by s.id`.execute(tx);
  return rows;
}
