import { AppError } from '#base';
import { DRILL_STATE_TEXT, type DrillScript, type DrillState } from '#model/response';
import { announce } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** A drill with the names a page needs. Moments are epoch ms. */
export interface DrillRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly script: DrillScript;
  readonly place: number;
  readonly scenario: number;
  readonly scenario_code: string;
  readonly scenario_name: string;
  readonly state: DrillState;
  readonly planned_by: string;
  readonly planned_at: number;
  readonly planned_for: number | null;
  readonly started_by: string | null;
  readonly started_at: number | null;
  readonly ends_at: number | null;
  readonly ended_at: number | null;
  readonly aborted_by: string | null;
  readonly abort_reason: string | null;
  readonly session: number | null;
  readonly score: number | null;
  readonly review: string | null;
  readonly assessed_by: string | null;
  readonly assessed_at: number | null;
}

/** Drills as `suffix` picks and sorts them; `d` is the drill. */
export async function loadDrills(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly DrillRow[]> {
  const { rows } = await sql<DrillRow>`
    select d.id, d.code, d.name, d.script, d.place, d.scenario, s.code as scenario_code, s.name as scenario_name, d.state,
      d.planned_by, d.planned_at, d.planned_for, d.started_by, d.started_at, d.ends_at, d.ended_at, d.aborted_by, d.abort_reason,
      d.replay_session_id as session, d.score, d.review, d.assessed_by, d.assessed_at
    from drill d join scenario s on s.id = d.scenario ${suffix}`.execute(tx);
  return rows;
}

/** The drill, held until this transaction ends. Throws `record.not-found`. */
export async function lockDrill(tx: Tx, id: number): Promise<DrillRow> {
  const [drill] = await loadDrills(tx, sql`where d.id = ${id}::bigint for update of d`);
  if (!drill) throw new AppError('record.not-found', { what: '演练', id });
  return drill;
}

/** Throws `drill.illegal-action` unless the drill is in one of these states. */
export function demandState(
  { name, state }: Pick<DrillRow, 'name' | 'state'>,
  states: readonly DrillState[],
  action: string,
): void {
  if (!states.includes(state))
    throw new AppError('drill.illegal-action', { name, state: DRILL_STATE_TEXT[state], action });
}

/** Whoever may see the drill hears that it has changed. */
export async function tellDrills(
  tx: Tx,
  drills: readonly Pick<DrillRow, 'id' | 'place' | 'scenario'>[],
  { state, at }: { readonly state: DrillState; readonly at: number },
): Promise<void> {
  await announce(
    tx,
    drills.map(({ id, place, scenario }) => ({
      type: 'drill.changed',
      at,
      place,
      scenario,
      payload: { id, state },
    })),
  );
}
