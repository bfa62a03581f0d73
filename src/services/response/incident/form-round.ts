import { SELF_TEST_PLACE } from '#model/platform';
import { announce, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { tellIncidents } from './tell-incidents.ts';

/** One answer that a platform owes, as it is told. */
export interface AskedRow {
  readonly id: number;
  readonly incident: number;
  readonly form_id: number;
  readonly title: string;
  readonly platform: string;
  readonly place: number;
  readonly scenario: number | null;
  readonly due_at: number;
}

/** Tells platforms that an answer is asked of them, or that it is late. */
export async function tellAsked(tx: Tx, rows: readonly AskedRow[], at: number, late = false): Promise<void> {
  await announce(
    tx,
    rows.map((row) => ({
      type: 'incident-form.due',
      at,
      place: row.place,
      scenario: row.scenario,
      payload: {
        id: row.id,
        form: row.form_id,
        incident: row.incident,
        platform: row.platform,
        dueAt: row.due_at,
        late,
        text: late
          ? `填报“${row.title}”已逾期，请${row.platform}补报`
          : `请${row.platform}填报“${row.title}”`,
      },
    })),
  );
}

const NAMED = sql`a.id, a.form_id, a.place, a.scenario, a.due_at, f.title, f.incident_id as incident, p.name as platform`;

/**
 * One round of the clock over forms: asks anew where it is time, marks late what nobody answered and reminds. After a stop the round
 * that is due now is asked once, none of those that were missed.
 */
export async function runForms(
  context: SystemContext,
): Promise<{ readonly asked: number; readonly late: number }> {
  return context.transaction(async (tx) => {
    const now = context.now();
    const asked = await askAnew(tx, now);
    await tellAsked(tx, asked, now);
    const late = await markLate(tx, now);
    await tellAsked(tx, late, now, true);
    const byForm = [...Map.groupBy(late, (row) => row.form_id).values()];
    await tellIncidents(
      tx,
      'incident.changed',
      byForm.flatMap((rows) => {
        const [first] = rows;
        const names = rows.map(({ platform }) => platform).join('、');
        return first === undefined
          ? []
          : [
              {
                incident: first.incident,
                at: now,
                by: null,
                kind: 'form-late',
                text: `填报“${first.title}”有 ${rows.length} 个平台逾期，已催报`,
                note: names,
              },
            ];
      }),
    );
    return { asked: asked.length, late: late.length };
  });
}

async function askAnew(tx: Tx, now: number): Promise<readonly AskedRow[]> {
  const at = new Date(now);
  await sql`update incident_form set next_at = null where next_at <= ${at} and until_at <= ${at}`.execute(tx);
  const { rows } = await sql<AskedRow>`
    with due as (
      select f.id from incident_form f join incident i on i.id = f.incident_id
      where f.next_at <= ${at} and i.state = 'open' and i.place <> ${SELF_TEST_PLACE} order by f.next_at limit 100
      for update of f skip locked
    ), turned as (
      update incident_form f set rounds = f.rounds + 1,
        next_at = (select n from (select f.next_at + make_interval(mins => f.every_minutes
          * (1 + floor(extract(epoch from ${at}::timestamptz - f.next_at) / 60 / f.every_minutes)::int)) as n) x
          where n <= f.until_at)
      from due where f.id = due.id returning f.id, f.rounds, f.limit_minutes
    ), a as (
      insert into incident_form_due (form_id, platform_id, place, scenario, round, asked_at, due_at)
      select t.id, d.platform_id, d.place, d.scenario, t.rounds, ${at}, ${at}::timestamptz + make_interval(mins => t.limit_minutes)
      from turned t join incident_form_due d on d.form_id = t.id and d.round = 1
      returning *
    )
    select ${NAMED} from a join incident_form f on f.id = a.form_id join platform p on p.id = a.platform_id order by a.id`.execute(
    tx,
  );
  return rows;
}

async function markLate(tx: Tx, now: number): Promise<readonly AskedRow[]> {
  const { rows } = await sql<AskedRow>`
    with late as (
      select d.id from incident_form_due d join incident_form f on f.id = d.form_id join incident i on i.id = f.incident_id
      where d.due_at <= ${new Date(now)} and d.answered_at is null and d.late_at is null and i.state = 'open'
      order by d.due_at limit 1000 for update of d skip locked
    ), a as (
      update incident_form_due d set late_at = d.due_at from late where d.id = late.id returning d.*
    )
    select ${NAMED} from a join incident_form f on f.id = a.form_id join platform p on p.id = a.platform_id order by a.id`.execute(
    tx,
  );
  return rows;
}
