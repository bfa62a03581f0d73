import { AppError } from '#base';
import type { commandRoutes, OnDuty } from '#contract/command';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { loadPeople } from '../people.ts';
import { loadWatches, peopleOf } from './load-watches.ts';

type Query = z.output<typeof commandRoutes.whoIsOnDuty.query>;
type Reply = z.output<typeof commandRoutes.whoIsOnDuty.reply>;

/**
 * Whom to call now: those on duty at a platform, or at the platforms that answer for a warning or an order (its
 * scenario's, its village's and town's, the district's), nearest first. Throws `input.invalid`, `record.not-found`.
 */
export async function whoIsOnDuty(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('duty.read');
  const at = query.at ?? context.now();
  return context.transaction(async (tx) => {
    const platforms = await platformsOf(tx, query);
    const rosters = await loadWatches(
      tx,
      sql`where r.retired_at is null and r.platform_id = any(${platforms}::int[])`,
      at,
    );
    const show = await loadPeople(tx, peopleOf(rosters.flatMap((row) => row.seats)));
    const near = rosters.toSorted(
      (a, b) => platforms.indexOf(a.platform_id) - platforms.indexOf(b.platform_id) || a.id - b.id,
    );
    const items = near.flatMap(({ platform, name, seats }) =>
      seats.flatMap(({ seat, on }): OnDuty[] => {
        if (!on) return [];
        const deputyFor = on.deputyFor === null ? null : show(on.deputyFor).name;
        const person = show(on.person);
        return [
          { platform, roster: name, seat: seat.name, shift: on.shift.id, person, deputyFor, until: on.until },
        ];
      }),
    );
    return { at, items };
  });
}

async function platformsOf(tx: Tx, { platform, warning, workOrder }: Query): Promise<readonly number[]> {
  if (platform !== undefined) {
    const ids = await idsOf(tx, sql`select id from platform where code = ${platform}`);
    if (ids.length === 0) throw new AppError('record.not-found', { what: '平台', id: platform });
    return ids;
  }
  if (warning !== undefined) return answering(tx, '预警', warning, sql`warning`);
  if (workOrder !== undefined) return answering(tx, '工单', workOrder, sql`work_order`);
  throw new AppError('input.invalid', { issues: '请给出 platform、warning 或 workOrder 之一' });
}

/** The platforms that answer for a record, the scenario's first, then from the village up. */
async function answering(
  tx: Tx,
  what: string,
  id: number,
  table: RawBuilder<unknown>,
): Promise<readonly number[]> {
  const { rows } = await sql<{ place: number; scenario: number }>`
    select place, scenario from ${table} where id = ${id}`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what, id });
  return idsOf(
    tx,
    sql`select id from platform
      where kind in ('scenario', 'industry') and scenario = ${found.scenario}
        or kind not in ('scenario', 'industry') and ${found.place} between place and place_to
      order by scenario is null, place_to - place`,
  );
}

async function idsOf(
  tx: Tx,
  query: RawBuilder<{ id: number }> | RawBuilder<unknown>,
): Promise<readonly number[]> {
  const { rows } = await (query as RawBuilder<{ id: number }>).execute(tx);
  return rows.map((row) => row.id);
}
