import { type Announcement, announcement } from '#bus';
import type { AlarmRow, IngestWriter } from '#storage';

import type { PointBook } from './point-book.ts';
import type { PreparedGroup } from './prepare-group.ts';

/** An alarm that stands, by its binding. */
export interface OpenAlarm {
  readonly id: number;
  readonly raisedAt: number;
}

interface Alarms {
  readonly group: PreparedGroup;
  readonly book: PointBook;
  readonly openAlarms: Map<number, OpenAlarm>;
}

type Change = PreparedGroup['changes'][number];

/** Writes level changes as alarms, the condition state behind them, and their events; gives the number of events. */
export async function storeAlarms(writer: IngestWriter, alarms: Alarms): Promise<number> {
  const { group } = alarms;
  const raised = group.changes.filter((change) => change.fromLevel === 0).length;
  const ids = raised > 0 ? [...(await writer.alarmIds(raised))] : [];
  const rows = new Map<number, AlarmRow>();
  const events: Announcement[] = [];
  let used = 0;
  for (const change of group.changes) {
    const row = takeChange(alarms, change, () => ids[used++] ?? 0);
    rows.set(row.id, { ...row, reason: row.reason ?? rows.get(row.id)?.reason ?? null });
    events.push(eventOf(row, change));
  }
  await writer.saveAlarms([...rows.values()]);
  await writer.saveSignStates(
    group.states.map((state) => ({ ...state, alarm_id: alarmOf(alarms, state.point_id, state.sign_id) })),
  );
  if (events.length > 0) {
    const { text, values } = announcement(events);
    await writer.client.query(text, [...values]);
  }
  return events.length;
}

/** The alarm as it stands after a change; one that leaves the normal state opens a new alarm. */
function takeChange(alarms: Alarms, change: Change, nextId: () => number): AlarmRow {
  const { group, book, openAlarms } = alarms;
  const bound = book.bindings[change.binding];
  const alarm =
    change.fromLevel === 0 ? { id: nextId(), raisedAt: change.at } : openAlarms.get(change.binding);
  if (!bound || !alarm) throw new Error(`binding ${change.binding} left a level without an open alarm`);
  if (change.toLevel === 0) openAlarms.delete(change.binding);
  else openAlarms.set(change.binding, alarm);
  const { point } = bound;
  return {
    id: alarm.id,
    point_id: point.id,
    object_id: point.objectId,
    sign_id: change.sign,
    item_code: bound.item,
    place: point.place,
    scenario: point.scenario,
    level: change.toLevel,
    peak_level: change.peakLevel,
    value: change.value,
    peak_value: change.peakValue,
    raised_at: alarm.raisedAt,
    changed_at: change.at,
    normal_at: change.toLevel === 0 ? change.at : null,
    recorded_at: group.receivedAt,
    replay_session_id: change.session === 0 ? null : change.session,
    simulated: point.simulated,
    // What made it true stays when it no longer is.
    reason: change.toLevel === 0 ? null : (change.why ?? null),
  };
}

function eventOf(row: AlarmRow, change: Change): Announcement {
  return {
    type: typeOf(change),
    at: change.at,
    place: row.place,
    scenario: row.scenario,
    payload: {
      id: row.id,
      object: row.object_id,
      item: row.item_code,
      sign: row.sign_id,
      fromLevel: change.fromLevel,
      toLevel: change.toLevel,
      value: change.value,
      session: row.replay_session_id,
      simulated: row.simulated,
      ...(change.why === undefined ? {} : { why: change.why }),
    },
  };
}

function typeOf(change: Change): string {
  if (change.toLevel === 0) return 'alarm.normal';
  return change.fromLevel === 0 ? 'alarm.raised' : 'alarm.changed';
}

function alarmOf({ book, openAlarms }: Alarms, pointId: number, signId: number): number | null {
  const binding = book.bindingsOf(pointId).find((b) => book.bindings[b]?.sign.id === signId);
  return (binding === undefined ? undefined : openAlarms.get(binding)?.id) ?? null;
}
