import type { Cascade, CascadeSeat } from '#contract/warning';
import { CASCADE_OUTCOMES, type CascadeOutcome, levelOf } from '#model/warning';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

type SeatRow = Omit<CascadeSeat, 'allowedActions'> & {
  readonly place: number;
  readonly scenario: number | null;
};

export interface CascadeRow extends Omit<Cascade, 'level' | 'outcomes' | 'seats'> {
  readonly level: number;
  readonly outcomes: Partial<Record<CascadeOutcome, number>> | null;
  readonly seats: readonly SeatRow[] | null;
}

/** Cascades the caller may see, as `suffix` picks and sorts them. `c` is the cascade. */
export async function loadCascades(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly CascadeRow[]> {
  const cause = sql`c.cause_kind || '/' || c.cause_id`;
  const { rows } = await sql<CascadeRow>`
    select c.id, json_build_object('kind', c.cause_kind, 'id', c.cause_id) as cause, c.title, s.code as scenario,
      s.name as "scenarioName", c.level, c.began_at as "beganAt", c.ended_at as "endedAt", c.reached, c.cut,
      c.replay_session_id as "replaySession", c.simulated,
      (select json_object_agg(outcome, n) from (
        select outcome, count(*) as n from cascade_reach r where r.cascade_id = c.id group by outcome) o) as outcomes,
      (select min(r.expected_at) from cascade_reach r where r.cascade_id = c.id and r.outcome = 'pending') as "nextAt",
      (select count(distinct h.alarm_id) from alarm_hold h where h.held_by = ${cause} and h.ended_at is null) as held,
      (select count(*) from warning w where w.cause = ${cause} and w.state = 'open') as grouped,
      (select json_agg(json_build_object('platform', p.code, 'name', p.name, 'reached', t.reached, 'place', t.place,
          'scenario', t.scenario, 'firstAt', extract(epoch from t.first_at)::float8 * 1000,
          'toldAt', extract(epoch from t.told_at)::float8 * 1000,
          'acknowledgedAt', extract(epoch from t.acknowledged_at)::float8 * 1000, 'acknowledgedBy', t.acknowledged_by)
          order by t.first_at, p.id)
        from cascade_seat t join platform p on p.id = t.platform_id where t.cascade_id = c.id) as seats
    from (select * from cascade c ${suffix}) c join scenario s on s.id = c.scenario
    order by c.began_at desc, c.id desc`.execute(tx);
  return rows;
}

export function showCascade(row: CascadeRow, { rights }: Actor): Cascade {
  return {
    ...row,
    level: levelOf(row.level) ?? null,
    outcomes: outcomesOf(row.outcomes),
    seats: (row.seats ?? []).map(({ place, scenario, ...seat }) => ({
      ...seat,
      allowedActions:
        seat.acknowledgedAt === null && rights.mayAt('warning.acknowledge', { place, scenario })
          ? ['acknowledge']
          : [],
    })),
  };
}

/** Every outcome with its count. */
export function outcomesOf(
  counts: Partial<Record<CascadeOutcome, number>> | null,
): Record<CascadeOutcome, number> {
  return Object.fromEntries(CASCADE_OUTCOMES.map((one) => [one, counts?.[one] ?? 0])) as Record<
    CascadeOutcome,
    number
  >;
}
