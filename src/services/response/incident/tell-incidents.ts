import { levelOf } from '#model/warning';
import { announce } from '#services/context';
import { recordset, type Tx } from '#storage';
import { sql } from 'kysely';

/** A line of an incident's own timeline. */
export interface IncidentLine {
  readonly incident: number;
  readonly at: number;
  /** Null for what a rule did. */
  readonly by: string | null;
  readonly kind: string;
  readonly text: string;
  readonly note?: string | null;
  /** Whom it answers, where that is one person. */
  readonly answers?: number | null;
}

interface Heard {
  readonly id: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly own: boolean;
  readonly level: number;
  readonly state: string;
  readonly session: number | null;
  readonly simulated: boolean;
}

/** Writes lines of timelines and tells everybody whom the incidents concern: where they, their orders and their parts lie. */
export async function tellIncidents(
  tx: Tx,
  type: 'incident.opened' | 'incident.changed',
  lines: readonly IncidentLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await sql`insert into incident_entry (incident_id, at, by, kind, text, note)
    select incident, to_timestamp(at / 1000.0), by, kind, text, note
    from ${recordset(lines, sql`r(incident bigint, at float8, by text, kind text, text text, note text)`)}`.execute(
    tx,
  );
  const last = new Map(lines.map((line) => [line.incident, line]));
  const all = Map.groupBy(lines, ({ incident }) => incident);
  const { rows } = await sql<Heard>`
    select i.id, a.place, a.scenario, a.own, i.level, i.state, i.replay_session_id as session, i.simulated
    from incident_audience(${[...last.keys()]}::bigint[]) a join incident i on i.id = a.incident_id
    order by i.id, a.own desc, a.place, a.scenario`.execute(tx);
  await announce(
    tx,
    rows.map(({ id, place, scenario, own, level, state, session, simulated }) => ({
      type,
      at: last.get(id)?.at ?? 0,
      place,
      scenario,
      payload: {
        id,
        level: levelOf(level),
        state,
        text: last.get(id)?.text ?? '',
        session,
        simulated,
        kinds: (all.get(id) ?? []).map(({ kind }) => kind),
        answers: all.get(id)?.find(({ answers }) => answers)?.answers ?? null,
        // The duty log takes it down once, whoever else hears of it.
        own,
      },
    })),
  );
}
