import type { MismatchKind, MismatchSubject } from '#model/operations';
import { SELF_TEST_PLACE } from '#model/platform';
import { type RawBuilder, sql } from 'kysely';

/** Moments a check needs. */
export interface CheckTime {
  readonly now: number;
  /** What happened after this (epoch ms) may still be under way. */
  readonly settled: number;
  /** Since when (epoch ms) what is over is looked at; what stands is looked at however old it is. */
  readonly since: number;
}

/** One without its partner, as every check's statement gives it. */
export interface MismatchRow {
  readonly subject_kind: MismatchSubject;
  readonly subject_id: number | null;
  readonly place: number;
  readonly scenario: number | null;
  /** Epoch ms. */
  readonly since: number | null;
  /** What of it is said; the moment is added where it is read. */
  readonly text: string;
}

type Check = (time: CheckTime) => RawBuilder<MismatchRow>;

const ms = (column: string) => sql`extract(epoch from ${sql.ref(column)})::float8 * 1000`;
const item = (
  table: string,
) => sql`coalesce((select i.name from warning_item i where i.code = ${sql.ref(`${table}.item_code`)}
    order by i.standard_id desc limit 1), ${sql.ref(`${table}.item_code`)})`;

/** Alarms that neither became part of a warning nor were held back. */
const alarmWithoutWarning: Check = ({ settled, since }) => sql`
  select 'alarm' as subject_kind, a.id as subject_id, a.place, a.scenario, ${ms('a.recorded_at')} as since,
    concat('报警 ', a.id, '（', o.name, ' ', ${item('a')}, '）没有预警，也没有保留') as text
  from alarm a join monitored_object o on o.id = a.object_id
  where a.place <> ${SELF_TEST_PLACE} and a.recorded_at < ${new Date(settled)}
    and (a.normal_at is null or a.recorded_at >= ${new Date(since)})
    and not exists (select from warning_evidence e where e.alarm_id = a.id)
    and not exists (select from alarm_hold h where h.alarm_id = a.id)`;

/** Warnings that stand though none of their alarms does. One that was reopened may: by a person's word. */
const warningWithoutEvidence: Check = ({ settled }) => sql`
  select 'warning' as subject_kind, w.id as subject_id, w.place, w.scenario,
    ${ms('w.changed_at')} as since,
    concat('预警 ', w.id, '（', o.name, ' ', ${item('w')}, '）生效，但没有未恢复的报警') as text
  from warning w join monitored_object o on o.id = w.object_id
  where w.state = 'open' and w.place <> ${SELF_TEST_PLACE} and w.recorded_at < ${new Date(settled)} and w.reopened_from is null
    and not exists (select from warning_evidence e join alarm a on a.id = e.alarm_id
      where e.warning_id = w.id and (a.normal_at is null or a.normal_at > ${new Date(settled)}))`;

const warningWithoutOrder: Check = ({ settled, since }) => sql`
  select 'warning' as subject_kind, w.id as subject_id, w.place, w.scenario, ${ms('w.opened_at')} as since,
    concat('预警 ', w.id, '（', o.name, ' ', ${item('w')}, '）没有工单') as text
  from warning w join monitored_object o on o.id = w.object_id
  where w.place <> ${SELF_TEST_PLACE} and w.recorded_at < ${new Date(settled)}
    and (w.state <> 'closed' or w.recorded_at >= ${new Date(since)})
    and not exists (select from work_order g where g.warning_id = w.id)`;

/** Warnings that are normal, with a closed order, and were not closed with it. */
const warningNotClosed: Check = ({ settled }) => sql`
  select 'warning' as subject_kind, w.id as subject_id, w.place, w.scenario,
    ${ms('g.closed_at')} as since,
    concat('预警 ', w.id, ' 已恢复，工单 ', g.code, ' 已结案，预警没有结案') as text
  from warning w join work_order g on g.warning_id = w.id
  where w.state = 'normal' and w.place <> ${SELF_TEST_PLACE} and g.state = 'closed'
    and greatest(g.closed_at, w.normal_at, w.recorded_at) < ${new Date(settled)}`;

/** Limits that would still remind somebody of an order that is closed or not there. */
const deadlineWithoutOrder: Check = () => sql`
  select 'work-order' as subject_kind, d.work_order_id as subject_id, d.place, d.scenario,
    ${ms('d.started_at')} as since,
    concat('时限 ', d.kind, ' 还会提醒，工单 ', coalesce(g.code, d.work_order_id::text),
      case when g.id is null then ' 不存在' else ' 已结案' end) as text
  from deadline d left join work_order g on g.id = d.work_order_id
  where d.next_at is not null and (g.id is null or g.state = 'closed')`;

/** Checks of records against records: each one statement, linear in what stands and in the last days. */
export const RECORD_CHECKS: Readonly<
  Record<Exclude<MismatchKind, 'event-not-published' | 'event-not-followed' | 'reading-count'>, Check>
> = {
  'alarm-without-warning': alarmWithoutWarning,
  'warning-without-evidence': warningWithoutEvidence,
  'warning-without-order': warningWithoutOrder,
  'warning-not-closed': warningNotClosed,
  'deadline-without-order': deadlineWithoutOrder,
};
