import { covers, resolveSetting, type Scope } from '#model/platform';
import type { Tx } from '#storage';
import type { LoadLimits } from '#workflow';
import { sql } from 'kysely';

/** A duty desk (席位): all seats of a platform see the same warnings, so the desk is its platform. */
export interface Desk {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** Its own numbers, for who may hear of it. */
  readonly place: number;
  readonly scenario: number | null;
  /** What it sees. */
  readonly scope: Scope;
  /** Id of the flood it is in. */
  readonly flood: number | null;
  readonly peak: number;
}

/** New warnings of a place and a scenario. */
export interface Arrived {
  readonly place: number;
  readonly scenario: number;
  readonly count: number;
}

/** Villages keep no desk unless they have a roster. */
export async function loadDesks(tx: Tx): Promise<readonly Desk[]> {
  const { rows } = await sql<
    Omit<Desk, 'scope'> & { kind: string; place_to: number; scenarios: readonly number[] }
  >`
    select p.id, p.code, p.name, p.kind, p.place, p.place_to, p.scenario, f.id as flood, coalesce(f.peak, 0) as peak,
      array(select c.scenario from platform c
        where c.scenario is not null and (c.id = p.id or c.parent_id = p.id and p.kind = 'industry')) as scenarios
    from platform p left join seat_flood f on f.platform_id = p.id and f.ended_at is null
    where p.place is not null and (p.kind <> 'village'
      or exists (select from roster r where r.platform_id = p.id and r.retired_at is null))`.execute(tx);
  return rows.map(({ kind, place_to, scenarios, ...desk }) => ({
    ...desk,
    scope: {
      places: [{ from: desk.place, to: place_to }],
      scenarios: OFFICES.has(kind) ? scenarios : [],
    },
  }));
}

/** They watch scenarios, the others territory. */
const OFFICES: ReadonlySet<string> = new Set(['industry', 'scenario']);

export function arrivedAt({ scope }: Desk, arrived: readonly Arrived[]): number {
  return arrived.reduce(
    (sum, { place, scenario, count }) => (covers(scope, place, scenario) ? sum + count : sum),
    0,
  );
}

/** What is set for the desks or above them. */
export async function loadLimits(tx: Tx, desks: readonly number[]): Promise<(desk: number) => LoadLimits> {
  const { rows } = await sql<{ platform: number; key: string; value: unknown }>`
    select d.id as platform, s.key, s.value from unnest(${[...desks]}::int[]) d(id), settings_above(d.id) s
    where s.key in ('flood.enter-above', 'flood.leave-below') order by d.id, s.depth desc`.execute(tx);
  const byDesk = Map.groupBy(rows, ({ platform }) => platform);
  return (desk) => {
    const numberOf = (key: 'flood.enter-above' | 'flood.leave-below'): number => {
      const set = (byDesk.get(desk) ?? []).filter((row) => row.key === key);
      return Number(
        resolveSetting(
          key,
          set.map(({ value }) => ({ where: undefined, value })),
        ).value,
      );
    };
    return { enterAbove: numberOf('flood.enter-above'), leaveBelow: numberOf('flood.leave-below') };
  };
}
