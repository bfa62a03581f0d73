import { AppError } from '#base';
import type { blindRoutes, BlindSpotView, BlindTown } from '#contract/monitoring';
import {
  blindReason,
  type BlindState,
  countOf,
  type PlaceWatch,
  pointsOf,
  servicedUntil,
} from '#model/monitoring';
import { scenarioCodeOf, scenarioOf } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { rollUp } from './roll-up.ts';

type Query = z.output<typeof blindRoutes.listBlindSpots.query>;
type Reply = z.output<typeof blindRoutes.listBlindSpots.reply>;

/**
 * The blind-spot map of the caller's scope as it was last taken: towns, or what is theirs of one for those who see only villages.
 * Throws `input.invalid`.
 */
export async function listBlindSpots(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('reading.read');
  const ofScenario = scenarioIs(query.scenario);
  return context.transaction(async (tx) => {
    const reach = sql`${context.reach('b')} and ${ofScenario}`;
    const asked: Asked = { now: context.now(), names: await loadElementNames(tx) };
    // Who sees no town as a whole sees their villages.
    const spots = await loadSpots(
      tx,
      asked,
      sql`${reach} and (b.village = '' or not exists (
      select from blind_spot w where w.scenario = b.scenario and w.town = b.town and w.village = ''))`,
    );
    const towns = await loadTowns(tx);
    const byCode = new Map(towns.map((town) => [town.code, town]));
    const concerned = new Set(spots.map(({ town }) => town));
    const { rows: mark } = await sql<{ at: number }>`select taken_at as at from blind_mark`.execute(tx);
    return {
      takenAt: mark[0]?.at ?? null,
      towns: towns.filter(({ code }) => concerned.has(code)),
      spots: [...spots],
      villages: query.town === undefined ? [] : [...(await loadVillages(tx, asked, { ...query, reach }))],
      total: rollUp(spots, byCode),
      scenarios: [...Map.groupBy(spots, ({ scenario }) => scenario)].map(([scenario, own]) => ({
        ...rollUp(own, byCode),
        scenario,
        name: own[0]?.scenarioName ?? scenario,
      })),
    };
  });
}

function scenarioIs(code: string | undefined): RawBuilder<unknown> {
  if (code === undefined) return sql`true`;
  const found = scenarioOf(code);
  if (!found) throw new AppError('input.invalid', { issues: `没有场景“${code}”` });
  return sql`b.scenario = ${found.id}`;
}

interface Asked {
  readonly now: number;
  readonly names: ReadonlyMap<string, string>;
}

interface SpotRow {
  readonly scenario: number;
  readonly scenario_name: string;
  readonly town: string;
  readonly town_name: string | null;
  readonly village: string;
  readonly village_name: string | null;
  readonly state: BlindState;
  readonly since: number | null;
  readonly watch: PlaceWatch;
}

async function loadSpots(
  tx: Tx,
  asked: Asked,
  where: RawBuilder<unknown>,
): Promise<readonly BlindSpotView[]> {
  const { rows } = await sql<SpotRow>`
    select b.scenario, s.name as scenario_name, b.town, t.name as town_name, b.village, v.name as village_name, b.state,
      b.since, b.watch
    from blind_spot b join scenario s on s.id = b.scenario left join platform t on t.code = b.town
      left join platform v on v.code = b.village
    where ${where} order by b.scenario, b.town, b.village`.execute(tx);
  return rows.map((row) => viewOf(row, asked));
}

function viewOf(row: SpotRow, { now, names }: Asked): BlindSpotView {
  const { watch } = row;
  return {
    scenario: scenarioCodeOf(row.scenario) ?? String(row.scenario),
    scenarioName: row.scenario_name,
    town: row.town,
    townName: row.town_name ?? '未定街镇',
    village: row.village === '' ? null : row.village,
    villageName: row.village === '' ? null : (row.village_name ?? row.village),
    state: row.state,
    since: row.since,
    reason: blindReason(watch, { now, nameOf: (element) => names.get(element) ?? element }),
    points: pointsOf(watch),
    watching: countOf(watch, 'watching'),
    serviced: countOf(watch, 'serviced'),
    servicedUntil: servicedUntil(watch),
    objects: watch.objects,
    watchedObjects: watch.watchedObjects,
  };
}

async function loadElementNames(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('element').select(['code', 'name']).execute();
  return new Map(rows.map(({ code, name }) => [code, name]));
}

async function loadTowns(tx: Tx): Promise<readonly BlindTown[]> {
  const { rows } = await sql<BlindTown>`
    select t.code, t.name, t.lat, t.lon, p.residents, p.workers, p.source, extract(year from p.as_of)::int as year
    from platform t left join town_population p on p.town = t.code
    where t.kind in ('town','zone') order by t.code`.execute(tx);
  return rows;
}

/** Villages of a town in a scenario: as they were taken, and the others of the tree, where nothing has been set up. */
async function loadVillages(
  tx: Tx,
  asked: Asked,
  { town = '', scenario, reach }: Query & { readonly reach: RawBuilder<unknown> },
): Promise<readonly BlindSpotView[]> {
  const held = await loadSpots(tx, asked, sql`${reach} and b.town = ${town} and b.village <> ''`);
  const [first] = held;
  const found = scenario === undefined ? undefined : scenarioOf(scenario);
  if (!found) return held;
  const known = new Set(held.map(({ village }) => village));
  const { rows } = await sql<Pick<SpotRow, 'village' | 'village_name' | 'town_name'>>`
    select v.code as village, v.name as village_name, t.name as town_name
    from platform v join platform t on t.id = v.parent_id where v.kind = 'village' and t.code = ${town} order by v.code`.execute(
    tx,
  );
  const bare = rows.filter(({ village }) => !known.has(village));
  const kind = { scenario: found.id, scenario_name: first?.scenarioName ?? found.name, town };
  return [...held, ...bare.map((row) => viewOf({ ...row, ...kind, ...NOTHING_THERE }, asked))];
}

const NOTHING_THERE = {
  state: 'never',
  since: null,
  watch: { elements: [], objects: 0, watchedObjects: 0, bareObjects: 0 },
} as const;
