// Limits of one object at work: judged at once, over a restart, and not past what a version grants.
import type { OwnLimits, StandardFile } from '#model/standard';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { expectVersion } from './expect-version.ts';
import { rebindSigns } from './rebind-signs.ts';
import { MINUTE, START, Station } from './testing.ts';

let station: Station;
beforeEach(async () => {
  station = await Station.open();
});
afterEach(() => station.close());

/** What the object has of its own of the underpass sign from now on; null for nothing. */
async function setOwn(object: string, own: OwnLimits | null): Promise<void> {
  await station.db.storage.system.transaction().execute(async (tx) => {
    await sql`insert into account (id, username, name, place) overriding system value values (9, 'own', '甲', 1)
      on conflict do nothing`.execute(tx);
    await sql`update own_limit set state = 'ended' where state = 'in-force'`.execute(tx);
    const { rows } = await sql<{
      id: number;
    }>`select id from monitored_object where code = ${object}`.execute(tx);
    if (own)
      await sql`insert into own_limit (object_id, sign_code, place, scenario, body, reason, state, authors, proposed_by, proposed_at)
        select id, 'FLOOD.S06', place, 1, ${JSON.stringify(own)}::jsonb, '测试', 'in-force', '{9}', 9, now()
        from monitored_object where code = ${object}`.execute(tx);
    await rebindSigns(
      tx,
      station.desk,
      rows.map(({ id }) => id),
    );
  });
}

/** Deep water each minute, and whether it has come to a level: 0 for none. */
async function levelAfter(point: number, from: number, cm: number): Promise<number> {
  for (let minute = from; minute <= from + 3; minute += 1) {
    await station.moveTo(START + minute * MINUTE);
    await station.send(point, [[station.now, cm]]);
  }
  const { rows } = await sql<{ level: number }>`
    select level from sign_state where point_id = ${point} order by sign_id desc limit 1`.execute(
    station.db.storage.system,
  );
  return rows[0]?.level ?? 0;
}

const YELLOW = 2;
const ORANGE = 3;

test('an object is judged by its own limit, its neighbour by the standard, also after a restart and once it is ended', async () => {
  const own = await station.point('UNDER', 'FLOOD.UNDERPASS');
  const other = await station.point('OTHER', 'FLOOD.UNDERPASS');
  await setOwn('UNDER', { levels: { orange: { limit: 20 } } });
  expect(await levelAfter(own, 0, 21)).toBe(ORANGE);
  expect(await levelAfter(other, 0, 21)).toBe(YELLOW);
  await station.restart();
  expect(await levelAfter(own, 4, 22)).toBe(ORANGE);
  await setOwn('UNDER', null);
  // Back past the standard's 25 cm by the dead-band, for the off-delay of 15 minutes.
  await levelAfter(own, 8, 21);
  await levelAfter(own, 12, 21);
  await levelAfter(own, 16, 21);
  await levelAfter(own, 20, 21);
  expect(await levelAfter(own, 24, 21)).toBe(YELLOW);
});

test('a version that no longer grants it judges by itself from its moment on; the reading before is still judged by the own limit', async () => {
  const point = await station.point('UNDER', 'FLOOD.UNDERPASS');
  await publish({ from: 20, to: 35 }, START, 'grants');
  await setOwn('UNDER', { levels: { orange: { limit: 32 } } });
  await publish({ from: 20, to: 30 }, START + 10 * MINUTE, 'grants-less');
  expect(await levelAfter(point, 1, 28)).toBe(YELLOW);
  expect(await levelAfter(point, 11, 28)).toBe(ORANGE);
});

async function publish(
  own: { readonly from: number; readonly to: number },
  from: number,
  version: string,
): Promise<void> {
  const { system } = station.db.storage;
  const { rows } = await sql<{ document: StandardFile }>`
    select document from standard_version where scenario = 1 and retired_at is null`.execute(system);
  const signs = rows[0]!.document.signs.filter(({ code }) => code === 'FLOOD.S06');
  const granting = signs.map((sign) => ({
    ...sign,
    levels: { ...sign.levels, orange: { ...sign.levels.orange!, own } },
  }));
  await system.transaction().execute(async (tx) => {
    await sql`update standard_version set retired_at = ${new Date(from)} where scenario = 1 and retired_at is null`.execute(
      tx,
    );
    await sql`with made as (
        insert into standard_version (scenario, version, document, published_at, effective_from)
        values (1, ${version}, ${JSON.stringify({ ...rows[0]!.document, version })}::jsonb, ${new Date(from)}, ${new Date(from)})
        returning id)
      insert into sign (standard_id, code, item_code, element_code, scenario, name, body)
      select made.id, body->>'code', body->>'item', body->>'element', 1, body->>'name', body
      from made, jsonb_array_elements(${JSON.stringify(granting)}::jsonb) body`.execute(tx);
    await expectVersion(tx, station.desk, from);
  });
}

test('what stands is judged by an own limit as soon as it is set, though nothing new is said', async () => {
  const point = await station.point('UNDER', 'FLOOD.UNDERPASS');
  expect(await levelAfter(point, 0, 21)).toBe(YELLOW);
  await setOwn('UNDER', { levels: { orange: { limit: 20 } } });
  await station.pass(START + 6 * MINUTE);
  const { level } = await station.db.storage.system
    .selectFrom('sign_state')
    .select('level')
    .where('point_id', '=', point)
    .executeTakeFirstOrThrow();
  expect(level).toBe(ORANGE);
});
