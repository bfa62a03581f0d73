import type { Tx } from '#storage';
import type { AreaAt, CardArea, CardCell } from '#workflow';
import { sql } from 'kysely';

interface Territory {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly place: number;
  readonly place_to: number;
}

const EVERYWHERE: CardArea = { kind: 'district', code: '', name: '全区' };

/** Names of the territories in which cells lie, for every grain. */
export async function loadAreas(
  tx: Tx,
  cells: readonly CardCell[],
): Promise<{ readonly areaAt: AreaAt; readonly nameOf: (place: number) => string }> {
  const places = [...new Set(cells.map(({ place }) => place))];
  const { rows } = await sql<Territory>`
    select code, name, kind, place, place_to from platform
    where kind in ('town', 'zone') or place = any(${places}::int[])`.execute(tx);
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  const townOf = townFinder(rows.filter(({ kind }) => kind === 'town' || kind === 'zone'));
  const nameOf = (place: number): string => byPlace.get(place)?.name ?? townOf(place)?.name ?? '未定地点';
  const causes = await loadCauses(tx, cells);
  const areaAt: AreaAt = (cell, grain) => {
    const { place, cause, warning, object } = cell;
    if (cause !== null) return { kind: 'cause', code: cause, name: causes.get(cause) ?? '同一原因' };
    switch (grain) {
      case 'object':
        return { kind: 'object', code: String(warning ?? ''), name: object ?? nameOf(place) };
      case 'village':
        return { kind: 'village', code: String(place), name: nameOf(place) };
      case 'town': {
        const town = townOf(place);
        return town ? { kind: 'town', code: town.code, name: town.name } : EVERYWHERE;
      }
      case 'district':
        return EVERYWHERE;
      default:
        return grain satisfies never;
    }
  };
  return { areaAt, nameOf };
}

/** The narrowest town or zone around a place; each place is looked for once. */
function townFinder(towns: readonly Territory[]): (place: number) => Territory | undefined {
  const narrow = towns.toSorted((a, b) => a.place_to - a.place - (b.place_to - b.place));
  const known = new Map<number, Territory | undefined>();
  return (place) => {
    if (!known.has(place)) {
      known.set(
        place,
        narrow.find((town) => place >= town.place && place <= town.place_to),
      );
    }
    return known.get(place);
  };
}

/** What causes are called: a warning by its object and item, a fault by its code and what it says. */
async function loadCauses(tx: Tx, cells: readonly CardCell[]): Promise<ReadonlyMap<string, string>> {
  const causes = [...new Set(cells.flatMap(({ cause }) => cause ?? []))];
  if (causes.length === 0) return new Map();
  const { rows } = await sql<{ cause: string; name: string }>`
    select 'warning/' || w.id as cause, m.name || ' ' || coalesce(
      (select i.name from warning_item i where i.code = w.item_code order by i.standard_id desc limit 1), w.item_code) as name
    from warning w join monitored_object m on m.id = w.object_id where w.id = any(${idsOf(causes, 'warning')}::bigint[])
    union all
    select 'fault/' || f.id, '故障 ' || f.code || ' ' || f.summary from fault f
    where f.id = any(${idsOf(causes, 'fault')}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [row.cause, row.name]));
}

function idsOf(causes: readonly string[], kind: string): readonly number[] {
  return causes.flatMap((cause) => {
    const [of, id] = cause.split('/');
    return of === kind ? [Number(id)] : [];
  });
}
