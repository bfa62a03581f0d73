import { AppError } from '#base';
import { levelOf } from '#model/warning';
import { actOnWarnings, confirmAlarm, createShelf, refuseAlarm } from '#services/warning';
import { sql } from 'kysely';

import { CHATTERING } from './gauges.ts';
import type { DistrictWorld } from './world.ts';

/** How long an analyst takes. */
const VERIFIES_AFTER_MS = 4 * 60_000;
/** How long it takes until somebody signs for a warning. */
const SIGNS_AFTER_MS = 10 * 60_000;
const AT_ONCE = 5000;
/** So often in the last hours, and somebody shelves it. */
const CHATTERS = 3;
const LOOKED_BACK_MS = 2 * 3_600_000;
const SHELF_MINUTES = 480;

/** Whoever verifies: what rose without a leak is refused, the rest confirmed as it stands. */
export async function verify(world: DistrictWorld, isReal: (point: string) => boolean): Promise<void> {
  const { rows } = await sql<{ id: number; point: string; level: number }>`
    select v.id, p.code as point, v.level from verification v join alarm a on a.id = v.alarm_id join point p on p.id = a.point_id
    where v.decision is null and v.asked_at <= ${new Date(world.now - VERIFIES_AFTER_MS)} order by v.id`.execute(
    world.storage.system,
  );
  for (const { id, point, level } of rows) {
    const params = { id };
    const done = isReal(point)
      ? confirmAlarm(world.person(), {
          params,
          body: { level: levelOf(level) ?? 'blue', note: '现场检测属实' },
        })
      : refuseAlarm(world.person(), { params, body: { reason: 'sensor-fault', note: '探头进水' } });
    await done;
  }
}

/** Whoever is on duty signs for what stands before them, all at once. */
export async function acknowledge(world: DistrictWorld): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from warning where state <> 'closed' and acknowledged_at is null and recorded_at <= ${new Date(world.now - SIGNS_AFTER_MS)}
    order by id limit ${AT_ONCE}`.execute(world.storage.system);
  if (rows.length === 0) return;
  await actOnWarnings(world.person(), {
    body: {
      target: { ids: rows.map(({ id }) => id) },
      action: 'acknowledge',
      key: `district-${world.now}`,
    },
  });
}

/** Whoever is on duty: a sensor that has come and gone for the third time is shelved, again when that has ended. */
export async function shelve(world: DistrictWorld): Promise<void> {
  const { rows } = await sql<{ object: number; item: string; n: number; shelved: boolean }>`
    select a.object_id as object, a.item_code as item, count(*) as n,
      exists (select from shelf f where f.object_id = a.object_id and f.state <> 'ended') as shelved
    from alarm a join point p on p.id = a.point_id
    where p.code = ${CHATTERING} and a.raised_at > ${new Date(world.now - LOOKED_BACK_MS)} group by 1, 2`.execute(
    world.storage.system,
  );
  const [one] = rows;
  if (!one || one.shelved || one.n < CHATTERS) return;
  try {
    await createShelf(world.person(), {
      body: {
        target: { scope: 'item', object: one.object, item: one.item },
        level: 'blue',
        minutes: SHELF_MINUTES,
        reasonKind: 'nuisance',
        reason: '传感器抖动，已报修',
      },
    });
  } catch (error) {
    // It ends between two looks: the next look begins a new one.
    if (!(error instanceof AppError && error.code === 'shelf.exists')) throw error;
  }
}
