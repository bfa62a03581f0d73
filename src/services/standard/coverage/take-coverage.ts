import { announce, auditRule, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { inForce } from '../in-force.ts';
import { type ObjectRange, stockAt } from './stock-at.ts';

/** What stock-taking found changed. */
export interface Taken {
  readonly changed: number;
  /** Plans whose gap is closed. */
  readonly met: number;
}

/** So many objects at a time: what is under way in between is not held up. */
const AT_A_TIME = 4000;

/**
 * Takes stock of every object in each of its scenarios: which mandatory elements of its kind have no point or only silent ones,
 * which signs lack a parameter, which items have no handbook or one naming a role nobody holds. Writes only what has changed
 * since, closes plans whose gap is closed, and tells the screens when anything has. `rest` is called between two bites with the
 * time the last one took (ms); what it throws ends the round.
 */
export async function takeCoverage(
  context: SystemContext,
  rest: (ms: number) => Promise<void> = () => Promise.resolve(),
): Promise<Taken> {
  const now = context.now();
  let changed = await context.transaction((tx) => savePosts(tx, now));
  for (const range of await rangesOf(context)) {
    const began = context.now();
    changed += await context.transaction((tx) => saveStock(tx, now, range));
    await rest(context.now() - began);
  }
  return context.transaction(async (tx) => {
    changed += await dropRetired(tx);
    const met = await meetPlans(tx, now);
    await sql`insert into coverage_mark (taken_at) values (${new Date(now)})
      on conflict (id) do update set taken_at = excluded.taken_at`.execute(tx);
    if (changed + met > 0) {
      const payload = { id: 0, state: 'taken' };
      await announce(tx, [{ type: 'coverage.changed', at: now, place: null, scenario: null, payload }]);
    }
    return { changed, met };
  });
}

async function rangesOf(context: SystemContext): Promise<readonly ObjectRange[]> {
  const { last } = await context.transaction((tx) =>
    tx
      .selectFrom('monitored_object')
      .select(({ fn }) => fn.max('id').as('last'))
      .executeTakeFirstOrThrow(),
  );
  return Array.from({ length: Math.ceil((last ?? 0) / AT_A_TIME) }, (_, n) => ({
    from: n * AT_A_TIME + 1,
    to: (n + 1) * AT_A_TIME,
  }));
}

async function saveStock(tx: Tx, now: number, range: ObjectRange): Promise<number> {
  const written = await sql`
    with ${stockAt(now, range)}
    insert into object_coverage as c (object_id, scenario, place, town, village, kind_id, elements, blind, dead, signs, signs_off,
      items, no_handbook, no_post)
    select s.object_id, s.scenario, s.place, s.town, s.village, s.kind_id, coalesce(e.n, 0), coalesce(e.blind, '{}'),
      coalesce(e.dead, '{}'), coalesce(g.n, 0), coalesce(g.off, '{}'), coalesce(g.items, 0),
      coalesce(g.no_handbook, '{}'), coalesce(g.no_post, '{}')
    from standing s left join elements e on e.object_id = s.object_id and e.scenario = s.scenario
      left join signs g on g.object_id = s.object_id and g.scenario = s.scenario
    on conflict (object_id, scenario) do update set place = excluded.place, town = excluded.town, village = excluded.village,
      kind_id = excluded.kind_id, elements = excluded.elements, blind = excluded.blind, dead = excluded.dead,
      signs = excluded.signs, signs_off = excluded.signs_off, items = excluded.items,
      no_handbook = excluded.no_handbook, no_post = excluded.no_post
    where (c.place, c.town, c.village, c.kind_id, c.elements, c.blind, c.dead, c.signs, c.signs_off, c.items, c.no_handbook,
        c.no_post)
      is distinct from (excluded.place, excluded.town, excluded.village, excluded.kind_id, excluded.elements, excluded.blind,
        excluded.dead, excluded.signs, excluded.signs_off, excluded.items, excluded.no_handbook, excluded.no_post)`.execute(
    tx,
  );
  return Number(written.numAffectedRows ?? 0);
}

/** Roles that handbooks in force name and nobody holds now at the platform of their scenario (责任落实). */
async function savePosts(tx: Tx, now: number): Promise<number> {
  const moment = new Date(now);
  const { rows } = await sql<{ n: number }>`
    with wanted as (
      select distinct h.scenario, h.body->side->>'role' as role
      from handbook_entry h join standard_version v on v.id = h.standard_id
      cross join (values ('responsible'), ('reviewer')) s(side) where ${inForce(now)}
    ), held as (
      select r.platform_id, r.role, r.valid_from,
        coalesce(least(r.valid_to, r.ended_at, a.left_at, a.disabled_at, a.expires_at, t.disbanded_at), 'infinity') as ends
      from role_assignment r left join account a on a.id = r.account_id left join team t on t.id = r.team_id
    ), missing as (
      select w.scenario, p.place, w.role,
        case when exists (select from held h where h.platform_id = p.id and h.role = w.role and h.ends <= ${moment})
          then 'left' else 'vacant' end as state
      from wanted w join (select distinct on (scenario) id, scenario, place from platform
        where scenario is not null and place is not null order by scenario, id) p on p.scenario = w.scenario
      where not exists (select from held h where h.platform_id = p.id and h.role = w.role
        and h.valid_from <= ${moment} and h.ends > ${moment})
    ), gone as (
      delete from coverage_post c where not exists (
        select from missing m where m.scenario = c.scenario and m.role = c.role) returning 1
    ), came as (
      insert into coverage_post as c (scenario, place, role, state) select scenario, place, role, state from missing
      on conflict (scenario, role) do update set place = excluded.place, state = excluded.state
      where (c.place, c.state) is distinct from (excluded.place, excluded.state) returning 1
    )
    select (select count(*) from gone) + (select count(*) from came) as n`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** What is no longer watched in a scenario is not counted there. */
async function dropRetired(tx: Tx): Promise<number> {
  const gone = await sql`delete from object_coverage c where not exists (
    select from monitored_object o where o.id = c.object_id and o.retired_at is null and c.scenario = any(o.scenarios))`.execute(
    tx,
  );
  return Number(gone.numAffectedRows ?? 0);
}

interface MetPlan {
  readonly id: number;
  readonly gap: string;
  readonly place: number;
  readonly scenario: number;
}

/** Plans follow their object, are given up with it, and are met once what they were for is no longer missing. */
async function meetPlans(tx: Tx, now: number): Promise<number> {
  await sql`update coverage_plan p set place = c.place from object_coverage c
    where c.object_id = p.object_id and c.scenario = p.scenario and c.place <> p.place and p.met_at is null`.execute(
    tx,
  );
  // Nothing was mended by taking an object out of use: its plans are given up, not met.
  await sql`update coverage_plan p set withdrawn_at = ${new Date(now)}, version = p.version + 1
    from monitored_object o where o.id = p.object_id and p.met_at is null and p.withdrawn_at is null
      and (o.retired_at is not null or not p.scenario = any(o.scenarios))`.execute(tx);
  const { rows } = await sql<MetPlan>`
    update coverage_plan p set met_at = ${new Date(now)}, version = version + 1
    where p.met_at is null and p.withdrawn_at is null and not exists (
      select from object_coverage c where c.object_id = p.object_id and c.scenario = p.scenario and case p.gap
        when 'unclassified' then c.kind_id is null
        when 'blind' then ${lacks('c.blind')} when 'dead' then ${lacks('c.dead')}
        when 'sign-off' then ${lacks('c.signs_off')} when 'no-handbook' then ${lacks('c.no_handbook')}
        else ${lacks('c.no_post')} end
      union all select from ledger_entry e where e.id = p.ledger_id and p.gap = 'unregistered' and case
        when e.name is not null then e.object_id is null
        else e.quantity > (select count(*) from object_coverage c where c.kind_id = e.kind_id and c.town = e.town
          and (e.village is null or c.village = e.village)) end
    ) returning p.id, p.gap, p.place, p.scenario`.execute(tx);
  await auditRule(
    tx,
    { rule: 'take-coverage', at: now },
    rows.map(({ id, gap, place, scenario }) => ({
      action: 'coverage-plan.met',
      subject: `coverage-plan/${id}`,
      after: { gap },
      place,
      scenario,
    })),
  );
  return rows.length;
}

const lacks = (column: string) =>
  sql`case p.code when '' then ${sql.raw(column)} <> '{}' else p.code = any(${sql.raw(column)}) end`;
