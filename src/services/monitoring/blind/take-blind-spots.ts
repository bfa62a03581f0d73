import { type BlindState, blindSpotOf } from '#model/monitoring';
import { announce, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { loadWatchRows, type WatchRow } from './watch-rows.ts';

interface Place {
  readonly code: string;
  readonly kind: 'town' | 'zone' | 'village' | 'district';
  readonly place: number;
}

/**
 * Takes stock of what watches now, scenario by scenario in each town and village, and writes what has changed. When a place has
 * become blind, thin or watched again the screens are told. Gives the number of places whose state changed.
 */
export async function takeBlindSpots(context: SystemContext): Promise<number> {
  const now = context.now();
  return context.transaction(async (tx) => {
    const places = await loadPlaces(tx);
    const towns = [...places.values()].flatMap(({ code, kind }) => (kind === 'town' ? [code] : []));
    const changed = await save(tx, await loadWatchRows(tx, now, towns), places);
    await sql`insert into blind_mark (taken_at) values (${new Date(now)})
      on conflict (id) do update set taken_at = excluded.taken_at`.execute(tx);
    if (changed > 0) {
      const payload = { id: 0, state: 'taken' };
      await announce(tx, [{ type: 'blind-spot.changed', at: now, place: null, scenario: null, payload }]);
    }
    return changed;
  });
}

async function loadPlaces(tx: Tx): Promise<ReadonlyMap<string, Place>> {
  const { rows } = await sql<Place>`
    select case kind when 'district' then '' else code end as code, kind, place from platform
    where kind in ('district','town','zone','village') and place is not null`.execute(tx);
  return new Map(rows.map((row) => [row.code, row]));
}

/** What lies in no town, or in one that is not in the tree, lies at the district's own number. */
function placeOf({ town, village }: WatchRow, places: ReadonlyMap<string, Place>): number {
  return (places.get(village === '' ? town : village) ?? places.get(''))?.place ?? 0;
}

async function save(tx: Tx, rows: readonly WatchRow[], places: ReadonlyMap<string, Place>): Promise<number> {
  const spots = rows.map((row) => {
    const { state, since } = blindSpotOf(row.watch);
    return { ...row, place: placeOf(row, places), state, since };
  });
  const before = await sql<{ scenario: number; town: string; village: string; state: BlindState }>`
    select scenario, town, village, state from blind_spot`.execute(tx);
  await sql`with taken as materialized (
      select scenario, town, village, place, state, to_timestamp(since / 1000) as since, watch
      from json_to_recordset(${JSON.stringify(spots)}::json) as r(scenario int2, town text, village text, place int,
        state text, since float8, watch jsonb)
    ), gone as (
      delete from blind_spot b where not exists (
        select from taken t where t.scenario = b.scenario and t.town = b.town and t.village = b.village)
    )
    insert into blind_spot as b (scenario, town, village, place, state, since, watch)
    select scenario, town, village, place, state, since, watch from taken
    on conflict (scenario, town, village) do update set place = excluded.place, state = excluded.state,
      since = excluded.since, watch = excluded.watch
    where (b.place, b.state, b.since, b.watch) is distinct from (excluded.place, excluded.state, excluded.since, excluded.watch)`.execute(
    tx,
  );
  const held = new Map(before.rows.map((row) => [keyOf(row), row.state]));
  const changed = spots.filter((spot) => held.get(keyOf(spot)) !== spot.state).length;
  const taken = new Set(spots.map(keyOf));
  return changed + before.rows.filter((row) => !taken.has(keyOf(row))).length;
}

const keyOf = ({ scenario, town, village }: Pick<WatchRow, 'scenario' | 'town' | 'village'>): string =>
  `${scenario} ${town} ${village}`;
