import type { Database } from '#storage';
import { type Kysely, sql } from 'kysely';

import type { PointBook } from '../point-book.ts';
import type { Neighbour } from './composite-book.ts';

interface Row {
  readonly of: number;
  readonly within: string;
  readonly object: number;
  readonly code: string;
  readonly name: string;
  readonly distance: number;
}

/**
 * Asks the tables who is within reach of the composite signs of a book: of all, or of those that `changed` objects concern (their
 * own, those that see them, and those that see them from now on).
 */
export async function loadReach(
  db: Kysely<Database>,
  book: PointBook,
  changed?: readonly number[],
): Promise<void> {
  const { composites } = book;
  const all = composites.places();
  if (all.length === 0) return;
  const places = changed ? await concerned(db, book, changed) : all;
  if (places.length === 0) return;
  const { rows } = await sql<Row>`
    select p.object as of, p.within, n.object, o.code, o.name, n.distance
    from json_to_recordset(${JSON.stringify(places)}::json) as p(object int, within text)
    cross join lateral (
      select p.object, 0::float8 as distance, 0 as turn
      union all select w.object, w.distance, 1 from objects_within(p.object, p.within::jsonb) w
    ) n join monitored_object o on o.id = n.object
    order by p.object, p.within, n.turn, n.object`.execute(db);
  const found = Map.groupBy(rows, ({ of, within }) => `${of} ${within}`);
  for (const { object, within } of places)
    composites.place(object, within, (found.get(`${object} ${within}`) ?? []).map(neighbourOf));
  await loadNames(db, book);
}

function neighbourOf({ object, code, name, distance }: Row): Neighbour {
  return { object, code, name, distance };
}

/** Reach is the same from either end, so whoever is within reach of a changed object sees it. */
async function concerned(
  db: Kysely<Database>,
  { composites }: PointBook,
  changed: readonly number[],
): Promise<ReturnType<PointBook['composites']['places']>> {
  const all = composites.places();
  const touched = new Set(changed);
  for (const object of changed) {
    for (const binding of composites.seatsSeeing(object)) {
      const seat = composites.seats.get(binding);
      if (seat) touched.add(seat.object);
    }
  }
  const { rows } = await sql<{ object: number }>`
    select distinct w.object from unnest(${[...changed]}::int[]) c(object),
      unnest(${[...new Set(all.map(({ within }) => within))]}::text[]) i(within),
      lateral objects_within(c.object, i.within::jsonb) w`.execute(db);
  for (const { object } of rows) touched.add(object);
  return all.filter(({ object }) => touched.has(object));
}

async function loadNames(db: Kysely<Database>, book: PointBook): Promise<void> {
  const { rows: signs } = await sql<{ code: string; name: string }>`
    select distinct on (code) code, name from sign order by code, standard_id desc`.execute(db);
  const { rows: elements } = await sql<{ code: string; name: string; unit: string }>`
    select code, name, unit from element`.execute(db);
  book.composites.names = {
    signs: new Map(signs.map(({ code, name }) => [code, name])),
    elements: new Map(elements.map(({ code, ...rest }) => [code, rest])),
  };
}
