import { settingsOfScenarios } from '#services/context';
import type { Rarity } from '#signs';
import { recordset, type Tx } from '#storage';
import { isImprobable } from '#workflow';
import { sql } from 'kysely';

import type { PointBook } from '../point-book.ts';

/** A neighbour that is half as rare (in decades) as would be doubted says the same. */
const AGREES = 0.5;

/**
 * Live points whose readings do not fit their own past (与自身历史不符) while their neighbours and everything else near by are as ever,
 * at a moment (epoch ms). Of elements that ask for it only; nothing is asked of the tables unless a point is rare.
 */
export async function findImprobable(tx: Tx, book: PointBook, now: number): Promise<ReadonlySet<number>> {
  const rare = [...book.ownPast].filter(([id, detector]) => standsOut(book, { id, detector, now }));
  if (rare.length === 0) return new Set();
  const near = await neighboursOf(
    tx,
    book,
    rare.map(([id]) => id),
  );
  const witnessed = await witnessedOf(
    tx,
    book,
    rare.map(([id]) => id),
  );
  const found = rare.filter(([id, detector]) => {
    const heard = (near.get(id) ?? []).filter((other) => isHeard(book, other, now));
    const least = AGREES * (book.get(id)?.improbable?.rarity ?? 0);
    const agreeing = heard.filter((other) => (book.ownPast.of(other)?.standing ?? 0) >= least).length;
    const facts = { heard: heard.length, agreeing, isWitnessed: witnessed.has(id) };
    return isImprobable({ part: detector.told, ...facts });
  });
  return new Set(found.map(([id]) => id));
}

interface Candidate {
  readonly id: number;
  readonly detector: Rarity;
  readonly now: number;
}

function standsOut(book: PointBook, { id, detector, now }: Candidate): boolean {
  const limit = book.get(id)?.improbable?.rarity ?? Number.POSITIVE_INFINITY;
  return detector.standing >= limit && isHeard(book, id, now);
}

/** Heard now, and has learnt its own past. */
function isHeard(book: PointBook, id: number, now: number): boolean {
  const detector = book.ownPast.of(id);
  if (!detector || detector.isLearning || book.session[id] !== 0) return false;
  return now - (book.newestAt[id] ?? Number.NEGATIVE_INFINITY) <= book.freshFor(id);
}

interface Pair {
  readonly point: number;
  readonly other: number;
}

/** Of each point those of the same element at its object or near by. */
async function neighboursOf(
  tx: Tx,
  book: PointBook,
  points: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const asked = await within(tx, book, points, 'agree.neighbour-metres');
  const { rows } = await sql<Pair>`
    select h.id as point, p.id as other
    from ${asked} join point h on h.id = r.id join monitored_object here on here.id = h.object_id
    join monitored_object o on ${isNear} and o.retired_at is null
    join point p on p.object_id = o.id and p.element_code = h.element_code and p.id <> h.id`.execute(tx);
  return new Map(
    [...Map.groupBy(rows, ({ point }) => point)].map(([point, pairs]) => [
      point,
      pairs.map(({ other }) => other),
    ]),
  );
}

/** Those near which something of another element stands past its limits. */
async function witnessedOf(tx: Tx, book: PointBook, points: readonly number[]): Promise<ReadonlySet<number>> {
  const asked = await within(tx, book, points, 'agree.witness-metres');
  const { rows } = await sql<{ id: number }>`
    select distinct h.id
    from ${asked} join point h on h.id = r.id join monitored_object here on here.id = h.object_id
    join monitored_object o on ${isNear}
    join alarm a on a.object_id = o.id and a.normal_at is null and a.replay_session_id is null
    join point p on p.id = a.point_id and p.element_code <> h.element_code`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Metres of a degree at the latitude of Pudong. */
const isNear = sql`(o.id = here.id or
  sqrt(((o.lat - here.lat) * 111195) ^ 2 + ((o.lon - here.lon) * 95100) ^ 2) <= r.metres)`;

async function within(
  tx: Tx,
  book: PointBook,
  points: readonly number[],
  key: 'agree.neighbour-metres' | 'agree.witness-metres',
) {
  const metres = await settingsOfScenarios(tx, [key]);
  const rows = points.map((id) => ({ id, metres: Number(metres(key, book.scenario[id] ?? 0)) }));
  return recordset(rows, sql`r(id int, metres int)`);
}
