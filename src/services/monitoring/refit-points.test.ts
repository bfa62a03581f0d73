// A version of the standard takes effect: what its elements ask of readings is asked at once, of points that are already there.
import { QUALITY } from '#model/monitoring';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { refitPoints } from './refit-points.ts';
import { MINUTE, START, Station } from './testing.ts';

const ELEMENT = 'FLOOD.UNDERPASS';
const DAY_S = 86_400;

let station: Station;
beforeEach(async () => {
  station = await Station.open();
});
afterEach(() => station.close());

/** The element as a version that has taken effect leaves it; who follows that is told. */
async function takeEffect(change: {
  readonly most?: number;
  readonly improbable?: { readonly rarity: number; readonly learnSeconds: number } | null;
}): Promise<void> {
  await station.db.storage.system.transaction().execute(async (tx) => {
    if (change.most !== undefined)
      await sql`update element set range_max = ${change.most} where code = ${ELEMENT}`.execute(tx);
    if (change.improbable !== undefined)
      await sql`update element set body = jsonb_strip_nulls(body || ${JSON.stringify({ improbable: change.improbable })})
        where code = ${ELEMENT}`.execute(tx);
    await refitPoints(tx, station.desk, [ELEMENT]);
  });
}

const rarityOf = (point: number) => station.desk.ingest.book.ownPast.of(point);

test('a range that has become narrower holds for the next reading, before a restart and after it', async () => {
  const point = await station.point('UP', ELEMENT);
  await station.send(point, [[START, 90]]);
  await takeEffect({ most: 80 });
  await station.moveTo(START + MINUTE);
  await station.send(point, [[START + MINUTE, 90]]);
  await station.restart();
  await station.moveTo(START + 2 * MINUTE);
  await station.send(point, [[START + 2 * MINUTE, 90]]);
  const marks = (await station.stored(point)).map(({ quality }) => quality & QUALITY.range);
  expect(marks).toEqual([0, QUALITY.range, QUALITY.range]);
});

test('readings are held against the point’s own past from when its element asks for that, and no longer once it does not', async () => {
  const point = await station.point('UP', ELEMENT);
  expect(rarityOf(point)).toBeUndefined();
  await takeEffect({ improbable: { rarity: 6, learnSeconds: DAY_S } });
  await station.send(point, [[START, 5]]);
  expect(rarityOf(point)?.past).toMatchObject({ readings: 1 });
  // Another rarity asks nothing new of what was learnt; another time of learning does.
  await takeEffect({ improbable: { rarity: 8, learnSeconds: DAY_S } });
  expect(rarityOf(point)?.past).toMatchObject({ readings: 1 });
  await takeEffect({ improbable: { rarity: 8, learnSeconds: 2 * DAY_S } });
  expect(rarityOf(point)).toMatchObject({ learnMs: 2 * DAY_S * 1000, past: undefined });
  await takeEffect({ improbable: null });
  expect(rarityOf(point)).toBeUndefined();
});
