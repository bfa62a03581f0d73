import { AppError } from '#base';
import type { FormDue, FormResult, incidentRoutes } from '#contract/response';
import type { FormAnswers, FormField } from '#model/response';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

type AnswerRequest = z.output<typeof incidentRoutes.answerForm.body>;

interface DueRow {
  readonly id: number;
  readonly place: number;
  readonly scenario: number | null;
  readonly incident: FormDue['incident'];
  readonly platform: string;
  readonly form: number;
  readonly title: string;
  readonly fields: readonly FormField[];
  readonly round: number;
  readonly newest: boolean;
  readonly over: boolean;
  readonly asked_at: number;
  readonly due_at: number;
  readonly late_at: number | null;
  readonly answered_at: number | null;
  readonly answers: FormAnswers | null;
  readonly note: string | null;
}

async function loadDues(tx: Tx, where: RawBuilder<unknown>): Promise<readonly DueRow[]> {
  const { rows } = await sql<DueRow>`
    select d.id, d.place, d.scenario, json_build_object('id', i.id, 'code', i.code, 'title', i.title) as incident,
      p.name as platform, f.id as form, f.title, f.fields, d.round, d.round = f.rounds as newest, i.state = 'closed' as over,
      d.asked_at, d.due_at, d.late_at, d.answered_at, d.answers, d.note
    from incident_form_due d join incident_form f on f.id = d.form_id join incident i on i.id = f.incident_id
    join platform p on p.id = d.platform_id
    where ${where} order by d.due_at, d.id limit 100`.execute(tx);
  return rows;
}

function showDue(row: DueRow): FormDue {
  return {
    id: row.id,
    incident: row.incident,
    platform: row.platform,
    title: row.title,
    fields: [...row.fields],
    round: row.round,
    askedAt: row.asked_at,
    dueAt: row.due_at,
    late: row.late_at !== null,
    answeredAt: row.answered_at,
    answers: row.answers,
    note: row.note,
  };
}

/** What the caller's own platforms owe: of each form the newest round, until it is answered or the form is over. */
export async function listFormsDue(context: RequestContext): Promise<{ readonly items: FormDue[] }> {
  context.authorize('form.answer');
  return context.transaction(async (tx) => {
    const { accountId } = context.actor;
    // Whoever oversees the district sees every answer that is owed; what is asked of him is what his own platforms owe.
    const own = sql`d.platform_id in (select r.platform_id from role_assignment r where r.account_id = ${accountId}
      union select platform_id from account where id = ${accountId})`;
    const rows = await loadDues(
      tx,
      sql`d.answered_at is null and d.round = f.rounds and i.state = 'open' and f.until_at > ${new Date(context.now())}
        and ${own}`,
    );
    return { items: rows.map(showDue) };
  });
}

/** Answers a form for one platform; again while its round is the newest. Throws `incident.form-over` once it is not. */
export async function answerForm(
  context: RequestContext,
  id: number,
  { answers, note = '' }: AnswerRequest,
): Promise<FormDue> {
  context.authorize('form.answer');
  return context.transaction(async (tx) => {
    await sql`select from incident_form_due where id = ${id} for update`.execute(tx);
    const [row] = await loadDues(tx, sql`d.id = ${id}`);
    if (!row) throw new AppError('record.not-found', { what: '填报', id });
    context.authorizeRecord('form.answer', row);
    if (row.over || !row.newest) throw new AppError('incident.form-over', { title: row.title });
    const faults = row.fields.flatMap((field) => faultOf(field, answers[field.key]));
    if (faults.length > 0) throw new AppError('input.invalid', { issues: faults.join('；') });
    const kept = Object.fromEntries(row.fields.map(({ key }) => [key, answers[key] ?? '']));
    const at = new Date(context.now());
    await sql`update incident_form_due set answers = ${JSON.stringify(kept)}, note = nullif(${note}, ''), answered_at = ${at},
        answered_by = ${context.actor.name}, late_at = coalesce(late_at, case when due_at < ${at} then due_at end)
      where id = ${id}`.execute(tx);
    await audit(context, tx, {
      action: 'incident.form-answered',
      subject: `incident-form/${row.form}`,
      place: row.place,
      scenario: row.scenario,
      before: row.answers,
      after: { platform: row.platform, round: row.round, ...kept, ...(note === '' ? {} : { line: note }) },
    });
    await announce(tx, [
      {
        type: 'incident-form.answered',
        at: context.now(),
        place: row.place,
        scenario: row.scenario,
        payload: { id, form: row.form, incident: row.incident.id },
      },
    ]);
    const [after] = await loadDues(tx, sql`d.id = ${id}`);
    return showDue(after ?? row);
  });
}

const IS_KIND: Readonly<Record<FormField['kind'], (value: unknown) => boolean>> = {
  number: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  text: (value) => value === undefined || (typeof value === 'string' && value.length <= 500),
  'yes-no': (value) => typeof value === 'boolean',
};
const KIND_TEXT = { number: '填不小于 0 的数', text: '填文字（至多 500 字）', 'yes-no': '选是或否' } as const;

function faultOf({ kind, text }: FormField, value: unknown): readonly string[] {
  return IS_KIND[kind](value) ? [] : [`“${text}”请${KIND_TEXT[kind]}`];
}

/** What came of a form so far: the sums of each round, and one round answer by answer. */
export async function getForm(
  context: RequestContext,
  id: number,
  asked: number | undefined,
): Promise<FormResult> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{
      incident: number;
      title: string;
      fields: readonly FormField[];
      rounds: number;
    }>`
      select incident_id as incident, title, fields, rounds from incident_form where id = ${id}`.execute(tx);
    const [form] = rows;
    if (!form) throw new AppError('record.not-found', { what: '填报', id });
    const round = Math.min(asked ?? form.rounds, form.rounds);
    return {
      id,
      incident: form.incident,
      title: form.title,
      fields: [...form.fields],
      rounds: await loadRounds(tx, id),
      round,
      rows: await loadRows(tx, id, round),
    };
  });
}

/** Numbers are added up; of yes and no it is counted who said yes. */
async function loadRounds(tx: Tx, id: number): Promise<FormResult['rounds']> {
  const { rows } = await sql<FormResult['rounds'][number]>`
    with sums as (
      select round, key, sum(case when jsonb_typeof(value) = 'number' then value::text::float8
        when value = 'true'::jsonb then 1 else 0 end) as total
      from incident_form_due d, jsonb_each(d.answers) where d.form_id = ${id}
        and jsonb_typeof(value) in ('number', 'boolean') group by 1, 2
    )
    select d.round, min(d.asked_at) as "askedAt", min(d.due_at) as "dueAt", count(*) as asked, count(d.answered_at) as answered,
      count(d.late_at) as late,
      coalesce((select json_object_agg(key, total) from sums s where s.round = d.round), '{}') as sums
    from incident_form_due d where d.form_id = ${id} group by d.round order by d.round desc limit 200`.execute(
    tx,
  );
  return [...rows];
}

async function loadRows(tx: Tx, id: number, round: number): Promise<FormResult['rows']> {
  const { rows } = await sql<FormResult['rows'][number]>`
    select p.name as platform, d.answers, d.note, d.answered_at as "answeredAt", d.answered_by as "answeredBy",
      d.late_at is not null as late
    from incident_form_due d join platform p on p.id = d.platform_id where d.form_id = ${id} and d.round = ${round}
    order by d.answered_at is not null, p.place`.execute(tx);
  return [...rows];
}
