import { type Announcement, announce } from '#services/context';
import { recordset, type Tx } from '#storage';
import { type ConcernedSeat, type DeskPlatform, seatsConcerned, soonText } from '#workflow';
import { sql } from 'kysely';

import type { StoredCascade } from './store-cascades.ts';

const NAMED = 3;
const MINUTE_MS = 60_000;

interface ToldSeat extends ConcernedSeat {
  readonly cascade: StoredCascade;
}

/** Tells the duty seats of the scenarios and towns that a cascade reaches, each once for what is new there. */
export async function tellSeats(tx: Tx, cascades: readonly StoredCascade[], now: number): Promise<void> {
  if (cascades.length === 0) return;
  const desks = await loadDesks(tx);
  const seats = cascades.flatMap((cascade) =>
    seatsConcerned(cascade.fresh, desks).map((seat) => ({ ...seat, cascade })),
  );
  if (seats.length === 0) return;
  const rows = seats.map(({ platform, reached, cascade }) => ({
    cascade: cascade.id,
    platform: platform.id,
    place: platform.place,
    scenario: platform.scenario,
    source_place: cascade.cause.place,
    source_scenario: cascade.cause.scenario,
    reached: reached.length,
    first: cascade.cause.at + soonest(reached) * MINUTE_MS,
  }));
  await sql`
    insert into cascade_seat as s (cascade_id, platform_id, place, scenario, source_place, source_scenario, reached, first_at, told_at)
    select cascade, platform, place, scenario, source_place, source_scenario, reached, to_timestamp(first / 1000.0),
      to_timestamp(${now / 1000}::float8)
    from ${recordset(
      rows,
      sql`r(cascade bigint, platform int, place int, scenario int2, source_place int, source_scenario int2, reached int, first float8)`,
    )}
    on conflict (cascade_id, platform_id) do update set reached = s.reached + excluded.reached, told_at = excluded.told_at,
      first_at = least(s.first_at, excluded.first_at), acknowledged_at = null, acknowledged_by = null`.execute(
    tx,
  );
  await announce(tx, seats.map(announcement));
}

/** A replay is told at the moments of its recording. */
function announcement({ platform, reached, cascade }: ToldSeat): Announcement {
  const { cause, id } = cascade;
  return {
    type: 'cascade.foreseen',
    at: cause.at,
    place: platform.place,
    scenario: platform.scenario,
    payload: {
      id,
      object: cause.object,
      text: seatSentence(cause.title, { platform, reached }),
      session: cause.session,
      simulated: cause.simulated,
      ...(cause.kind === 'warning' ? { warning: cause.id } : {}),
    },
  };
}

/** 世纪大道雨量站 暴雨橙色预警，约 15 分钟后起可能影响 12 处：…… */
function seatSentence(title: string, { reached }: ConcernedSeat): string {
  const names = reached.slice(0, NAMED).map(({ object }) => object.name);
  const rest = reached.length > NAMED ? ' 等' : '';
  return `${title}，${soonText(soonest(reached))}起可能影响 ${reached.length} 处：${names.join('、')}${rest}`;
}

function soonest(reached: ConcernedSeat['reached']): number {
  return Math.min(...reached.map(({ leadMinutes }) => leadMinutes));
}

async function loadDesks(tx: Tx): Promise<readonly DeskPlatform[]> {
  const { rows } = await sql<DeskPlatform>`
    select id, name, place, place_to as "placeTo", scenario, kind = 'town' as "isTown" from platform
    where place is not null and (kind = 'town' or scenario is not null and kind in ('scenario', 'industry'))
    order by id`.execute(tx);
  return rows;
}
