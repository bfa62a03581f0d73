import { type Announcement, announcement } from '#bus';
import { type AlarmRow, type Flush, type IngestWriter, keyOf, ReadingCopy } from '#storage';

import type { PointBook } from './point-book.ts';
import type { LateReading, PreparedGroup } from './prepare-group.ts';

/** An alarm that stands, by its binding. */
export interface OpenAlarm {
  readonly id: number;
  readonly raisedAt: number;
}

export interface CommitInput {
  readonly group: PreparedGroup;
  readonly book: PointBook;
  readonly openAlarms: Map<number, OpenAlarm>;
  /** Since when a replay session's own rows are looked at for repetitions; epoch ms. */
  readonly sessionOpenedAt: ReadonlyMap<number, number>;
  readonly flush: Flush | undefined;
}

export interface Committed {
  readonly stored: number;
  readonly duplicates: number;
  /** Late rows that were stored: they count as received too. */
  readonly late: readonly LateReading[];
  readonly announced: number;
}

/**
 * One transaction: readings, alarms, condition state, events, and now and then the flush of what memory holds. When it
 * throws, nothing of the group is stored and the caller rebuilds memory from the tables.
 */
export async function commitGroup(writer: IngestWriter, input: CommitInput): Promise<Committed> {
  const { group } = input;
  await writer.begin();
  if (group.copy.rows > 0) await writer.copy(group.copy.finish());
  const late = await storeLate(writer, input);
  const events = await storeAlarms(writer, input);
  await writer.saveSessionClocks([...group.clocks].map(([id, clock]) => ({ id, clock })));
  if (input.flush) await writer.flush(input.flush);
  await writer.commit();
  return {
    stored: group.copy.rows + late.length,
    duplicates: group.tally.duplicates + group.late.length - late.length,
    late,
    announced: events,
  };
}

/** Stores the late rows that are not there yet; runs after the group's own rows are written, so it sees them too. */
async function storeLate(writer: IngestWriter, input: CommitInput): Promise<readonly LateReading[]> {
  const stored: LateReading[] = [];
  const bySession = Map.groupBy(input.group.late, (row) => row.session);
  for (const [session, rows] of bySession) {
    const seen = new Set(await writer.findExisting(rows, input.sessionOpenedAt.get(session) ?? 0));
    for (const row of rows) {
      if (seen.has(keyOf(row))) continue;
      seen.add(keyOf(row));
      stored.push(row);
    }
  }
  if (stored.length === 0) return stored;
  const copy = new ReadingCopy(input.group.receivedAt, stored.length);
  for (const row of stored) copy.add(row.point, row.observedAt, row.value, row.quality, row.source);
  await writer.copy(copy.finish());
  return stored;
}

async function storeAlarms(writer: IngestWriter, input: CommitInput): Promise<number> {
  const { group, book, openAlarms } = input;
  const raised = group.changes.filter((change) => change.fromLevel === 0).length;
  const ids = raised > 0 ? [...(await writer.alarmIds(raised))] : [];
  const rows = new Map<number, AlarmRow>();
  const events: Announcement[] = [];
  for (const change of group.changes) {
    const bound = book.bindings[change.binding];
    if (!bound) continue;
    const alarm =
      change.fromLevel === 0 ? { id: ids.shift() ?? 0, raisedAt: change.at } : openAlarms.get(change.binding);
    if (!alarm) throw new Error(`binding ${change.binding} left a level without an open alarm`);
    if (change.toLevel === 0) openAlarms.delete(change.binding);
    else openAlarms.set(change.binding, alarm);
    const { point } = bound;
    const session = change.session === 0 ? null : change.session;
    rows.set(alarm.id, {
      id: alarm.id,
      point_id: point.id,
      object_id: point.objectId,
      sign_id: bound.sign.id,
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
      replay_session_id: session,
      simulated: point.simulated,
    });
    events.push({
      type: change.toLevel === 0 ? 'alarm.normal' : change.fromLevel === 0 ? 'alarm.raised' : 'alarm.changed',
      at: change.at,
      place: point.place,
      scenario: point.scenario,
      payload: {
        id: alarm.id,
        object: point.objectId,
        item: bound.item,
        sign: bound.sign.id,
        fromLevel: change.fromLevel,
        toLevel: change.toLevel,
        value: change.value,
        session,
        simulated: point.simulated,
      },
    });
  }
  await writer.saveAlarms([...rows.values()]);
  await writer.saveSignStates(
    group.states.map((state) => ({ ...state, alarm_id: alarmOf(input, state.point_id, state.sign_id) })),
  );
  if (events.length > 0) {
    const { text, values } = announcement(events);
    await writer.client.query(text, [...values]);
  }
  return events.length;
}

function alarmOf(input: CommitInput, pointId: number, signId: number): number | null {
  const binding = input.book.bindingsOf(pointId).find((b) => input.book.bindings[b]?.sign.id === signId);
  return (binding === undefined ? undefined : input.openAlarms.get(binding)?.id) ?? null;
}
