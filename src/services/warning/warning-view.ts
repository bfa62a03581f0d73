import type { Warning } from '#contract/warning';
import { alarmStateOf, type FalseAlarmReason, levelOf, type WarningState } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { reopenFault } from '#workflow';
import { type RawBuilder, sql } from 'kysely';

/** A warning with the names a page needs. Moments are epoch ms. */
export interface WarningRow {
  readonly id: number;
  readonly place: number;
  readonly scenario_id: number;
  readonly object: Warning['object'];
  readonly item: Warning['item'];
  readonly scenario: string;
  readonly scenario_name: string;
  readonly state: WarningState;
  readonly level: number;
  readonly peak_level: number;
  readonly reason: string;
  readonly opened_at: number;
  readonly changed_at: number;
  readonly normal_at: number | null;
  readonly closed_at: number | null;
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
  readonly re_alarms: number;
  readonly false_alarm: FalseAlarmReason | null;
  readonly false_alarm_note: string | null;
  readonly judged_by: string | null;
  readonly judged_at: number | null;
  readonly reopened_from: number | null;
  readonly reopened_as: number | null;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
  readonly work_order: Warning['workOrder'];
  readonly hold: Warning['hold'];
}

/**
 * Warnings the caller may see (row-level security), as `suffix` picks and sorts them, and what holds each back at `now` (epoch ms).
 * `w` is the warning.
 */
export async function loadWarnings(
  tx: Tx,
  suffix: RawBuilder<unknown>,
  now: number,
): Promise<readonly WarningRow[]> {
  const { rows } = await sql<WarningRow>`
    with picked as materialized (select * from warning w ${suffix})
    select w.id, w.place, w.scenario as scenario_id, w.state, w.level, w.peak_level, w.reason, w.opened_at, w.changed_at,
      w.normal_at, w.closed_at, w.acknowledged_at, w.acknowledged_by, w.replay_session_id, w.simulated, w.re_alarms, w.false_alarm,
      w.false_alarm_note, w.judged_by, w.judged_at, w.reopened_from,
      (select n.id from warning n where n.reopened_from = w.id) as reopened_as,
      json_build_object('id', m.id, 'code', m.code, 'name', m.name, 'lat', m.lat, 'lon', m.lon,
        'town', (select t.name from platform t where t.code = m.town)) as object,
      json_build_object('code', w.item_code, 'name', coalesce(i.name, w.item_code), 'kind', coalesce(i.kind, '')) as item,
      s.code as scenario, s.name as scenario_name,
      (select json_build_object('id', o.id, 'code', o.code, 'state', o.state, 'overdue', o.overdue)
        from work_order o where o.warning_id = w.id) as work_order,
      case when h.state is not null then json_build_object('state', h.state, 'by', h.held_by, 'who', h.who,
        'until', extract(epoch from h.until)::float8 * 1000, 'reason', h.reason) end as hold
    from picked w left join held_warnings((select array_agg(id) from picked), ${new Date(now)}) h on h.warning_id = w.id
    join monitored_object m on m.id = w.object_id
    join scenario s on s.id = w.scenario
    left join lateral (
      select name, kind from warning_item where code = w.item_code order by standard_id desc limit 1
    ) i on true
    order by w.opened_at desc, w.id desc`.execute(tx);
  return rows;
}

export function showWarning(row: WarningRow, context: RequestContext): Warning {
  const acknowledged = row.acknowledged_at !== null;
  return {
    id: row.id,
    object: row.object,
    item: row.item,
    scenario: row.scenario,
    scenarioName: row.scenario_name,
    // A warning that is normal has no level any more; what it was at its worst stays.
    level: levelOf(row.level) ?? levelOf(row.peak_level) ?? 'blue',
    peakLevel: levelOf(row.peak_level) ?? 'blue',
    state: row.state,
    alarmState: alarmStateOf({ state: row.state, acknowledged, held: row.hold?.state ?? null }),
    reason: row.reason,
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    normalAt: row.normal_at,
    closedAt: row.closed_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    reAlarms: row.re_alarms,
    falseAlarm: falseAlarmOf(row),
    reopenedFrom: row.reopened_from,
    reopenedAs: row.reopened_as,
    replaySession: row.replay_session_id,
    simulated: row.simulated,
    workOrder: row.work_order,
    hold: row.hold,
    allowedActions: actionsOf(row, context),
  };
}

function falseAlarmOf(row: WarningRow): Warning['falseAlarm'] {
  const { false_alarm: reason, false_alarm_note: note, judged_by: by, judged_at: at } = row;
  return reason === null || by === null || at === null ? null : { reason, note, by, at };
}

/** What the actor may do with it now; whether another one of its object and item stands is looked at when it is opened again. */
function actionsOf(row: WarningRow, context: RequestContext): Warning['allowedActions'] {
  const where = { place: row.place, scenario: row.scenario_id };
  const may = (capability: 'warning.acknowledge' | 'warning.decide'): boolean =>
    context.actor.rights.mayAt(capability, where);
  const isClosed = row.state === 'closed';
  const acts = [
    ['acknowledge', !isClosed && row.acknowledged_at === null && may('warning.acknowledge')],
    ['judge', !isClosed && row.false_alarm === null && may('warning.decide')],
    ['reopen', isReopenable(row, context.now()) && may('warning.decide')],
  ] as const;
  return acts.flatMap(([act, allowed]) => (allowed ? [act] : []));
}

function isReopenable({ state, closed_at, reopened_as }: WarningRow, now: number): boolean {
  return reopenFault({ state, closedAt: closed_at, again: reopened_as, open: null }, now) === undefined;
}
