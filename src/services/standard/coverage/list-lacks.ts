import { AppError } from '#base';
import type { CoverageLack, coverageRoutes } from '#contract/standard';
import { ROLE_TEXT, type Role, scenarioOf } from '#model/platform';
import type { CoverageGap } from '#model/standard';
import { cutPage, readCursor, readIdCursor, type RequestContext, writeCursor } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { inForce } from '../in-force.ts';
import { beijingDay } from './beijing-day.ts';
import { narrowedTo } from './coverage-reach.ts';

type Query = z.output<typeof coverageRoutes.listLacks.query>;
type Reply = z.output<typeof coverageRoutes.listLacks.reply>;
type Lack = Omit<CoverageLack, 'gap' | 'posts' | 'allowedActions'> & { readonly place: number };

/** Column of `object_coverage` that lists what is lacking. */
const COLUMNS: Readonly<Record<Exclude<CoverageGap, 'unregistered' | 'unclassified'>, string>> = {
  blind: 'blind',
  dead: 'dead',
  'sign-off': 'signs_off',
  'no-handbook': 'no_handbook',
  post: 'no_post',
};

/** A page of what lacks one thing, with what is planned for it. Throws `record.not-found`, `input.invalid`. */
export async function listLacks(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('object.read');
  return context.transaction(async (tx) => {
    const { gap, limit } = query;
    const rows =
      gap === 'unregistered'
        ? await loadLines(context, tx, query)
        : await loadObjects(context, tx, query, gap);
    const { page, next } = cutPage(rows, limit, (row) =>
      row.object === null
        ? String(row.ledger?.id ?? 0)
        : writeCursor(row.object.id, scenarioOf(row.scenario)?.id ?? 0),
    );
    const posts = gap === 'post' ? await loadPosts(tx) : new Map<string, readonly string[]>();
    return {
      items: page.map(({ place, ...row }) => ({
        ...row,
        gap,
        posts: [...(posts.get(row.scenario) ?? [])],
        allowedActions: context.actor.rights.mayAt('object.manage', {
          place,
          scenario: scenarioOf(row.scenario)?.id ?? null,
        })
          ? ['plan' as const]
          : [],
      })),
      next,
    };
  });
}

const plansOf = (context: RequestContext, condition: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  (select coalesce(json_agg(json_build_object('id', p.id, 'code', p.code, 'what', p.what, 'who', p.who, 'dueOn', p.due_on,
      'overdue', p.due_on < ${beijingDay(context.now())}::date) order by p.due_on, p.id), '[]')
    from coverage_plan p where ${condition} and p.met_at is null and p.withdrawn_at is null)`;

async function loadObjects(
  context: RequestContext,
  tx: Tx,
  query: Query,
  gap: Exclude<CoverageGap, 'unregistered'>,
): Promise<readonly Lack[]> {
  const after = readCursor(query.after);
  const codes = gap === 'unclassified' ? sql`'{}'::text[]` : sql.ref(`c.${COLUMNS[gap]}`);
  const conditions = sql.join(
    [
      context.reach('c'),
      gap === 'unclassified' ? sql`c.kind_id is null` : sql`${codes} <> '{}'`,
      ...inView(query),
      ...(after === undefined
        ? []
        : [sql`(c.object_id, c.scenario) > (${after.at}::int, ${after.id}::int2)`]),
      ...(await narrowedTo(tx, query, 'c')),
    ],
    sql` and `,
  );
  const { rows } = await sql<Lack>`
    select s.code as scenario, s.name as "scenarioName", c.place, coalesce(c.town, '') as town,
      coalesce(w.name, '未定街镇') as "townName", v.name as "villageName", k.name as "kindName",
      json_build_object('id', o.id, 'code', o.code, 'name', o.name, 'simulated', o.simulated,
        'lat', o.lat, 'lon', o.lon) as object,
      null as ledger, ${namesOf(gap, codes, context.now())} as missing,
      ${plansOf(context, sql`p.object_id = c.object_id and p.scenario = c.scenario and p.gap = ${gap}`)} as plans
    from (select * from object_coverage c where ${conditions} order by c.object_id, c.scenario limit ${query.limit + 1}) c
      join monitored_object o on o.id = c.object_id join scenario s on s.id = c.scenario
      left join object_kind k on k.id = c.kind_id left join platform w on w.code = c.town
      left join platform v on v.code = c.village
    order by c.object_id, c.scenario`.execute(tx);
  return rows;
}

const isBounded = ({ west, south, east, north }: Query): boolean =>
  [west, south, east, north].some((corner) => corner !== undefined);

/** Objects of `c` that lie between the corners; nothing where none is told. Throws `input.invalid`. */
function inView(query: Query): readonly RawBuilder<unknown>[] {
  if (!isBounded(query)) return [];
  const { west = -180, south = -90, east = 180, north = 90 } = query;
  if (west > east || south > north)
    throw new AppError('input.invalid', { issues: '视野的 west 须小于 east，south 须小于 north' });
  return [
    sql`exists (select from monitored_object i where i.id = c.object_id
      and i.lon between ${west} and ${east} and i.lat between ${south} and ${north})`,
  ];
}

/** The codes of what is lacking with their names, in the standard that holds. */
function namesOf(
  gap: Exclude<CoverageGap, 'unregistered'>,
  codes: RawBuilder<unknown>,
  now: number,
): RawBuilder<unknown> {
  const ofStandard = (table: string): RawBuilder<unknown> =>
    sql`(select n.name from ${sql.table(table)} n join standard_version v on v.id = n.standard_id
      where n.code = m.code and ${inForce(now)} limit 1)`;
  const name =
    gap === 'blind' || gap === 'dead'
      ? sql`(select e.name from element e where e.code = m.code)`
      : ofStandard(gap === 'sign-off' ? 'sign' : 'warning_item');
  return sql`(select coalesce(json_agg(json_build_object('code', m.code, 'name', coalesce(${name}, m.code)) order by m.n), '[]')
    from unnest(${codes}) with ordinality m(code, n))`;
}

/**
 * Named lines that are no object of ours, and figures that more is told by than is registered and named: `missing` says how
 * many.
 */
async function loadLines(context: RequestContext, tx: Tx, query: Query): Promise<readonly Lack[]> {
  if (isBounded(query))
    throw new AppError('input.invalid', { issues: '未登记的没有坐标，不能按视野查；请去掉视野再查' });
  const conditions = sql.join(
    [context.reach('l'), sql`l.id > ${readIdCursor(query.after)}`, ...(await narrowedTo(tx, query, 'l'))],
    sql` and `,
  );
  const { rows } = await sql<Lack>`
    with held as (${perVillage(sql`object_coverage c`, sql`${context.reach('c')} and c.kind_id is not null`)}),
    unlinked as (${perVillage(
      sql`ledger_entry c left join monitored_object m on m.id = c.object_id and m.retired_at is null`,
      sql`${context.reach('c')} and c.name is not null and m.id is null`,
    )})
    select s.code as scenario, s.name as "scenarioName", l.place, l.town, coalesce(w.name, l.town) as "townName",
      v.name as "villageName", k.name as "kindName", null as object,
      json_build_object('id', l.id, 'name', l.name, 'missing', l.missing) as ledger, '[]'::json as missing,
      ${plansOf(context, sql`p.ledger_id = l.id`)} as plans
    from (
      select l.*, case when l.name is not null then case when o.id is null then 1 else 0 end
        else l.quantity - coalesce(h.n, 0) - coalesce(u.n, 0) end as missing
      from ledger_entry l left join monitored_object o on o.id = l.object_id and o.retired_at is null
        left join held h on h.kind_id = l.kind_id and h.town = l.town and h.village = coalesce(l.village, '')
        left join unlinked u on u.kind_id = l.kind_id and u.town = l.town and u.village = coalesce(l.village, '')
      where ${conditions}
    ) l join scenario s on s.id = l.scenario join object_kind k on k.id = l.kind_id
      left join platform w on w.code = l.town left join platform v on v.code = l.village
    where l.missing > 0 order by l.id limit ${query.limit + 1}`.execute(tx);
  return rows;
}

/** Counts by kind, town and village; the row of the empty village is the whole town. */
const perVillage = (from: RawBuilder<unknown>, where: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select c.kind_id, c.town, coalesce(c.village, '') as village, count(*) as n
  from ${from} where ${where}
  group by grouping sets ((c.kind_id, c.town, c.village), (c.kind_id, c.town))
  having grouping(c.village) = 1 or c.village is not null`;

/** Roles that nobody holds, in words, by the scenario's code; as far as the caller sees that scenario's people. */
async function loadPosts(tx: Tx): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ scenario: string; role: Role; state: 'vacant' | 'left' }>`
    select s.code as scenario, p.role, p.state from coverage_post p join scenario s on s.id = p.scenario
    order by p.scenario, p.role`.execute(tx);
  const text = { vacant: '空缺', left: '离岗' } as const;
  return new Map(
    [...Map.groupBy(rows, ({ scenario }) => scenario)].map(([scenario, posts]) => [
      scenario,
      posts.map(({ role, state }) => `${ROLE_TEXT[role]}${text[state]}`),
    ]),
  );
}
