import { type Flush, type IngestWriter, keyOf, ReadingCopy } from '#storage';

import type { PointBook } from './point-book.ts';
import type { LateReading, PreparedGroup } from './prepare-group.ts';
import { type OpenAlarm, storeAlarms } from './store-alarms.ts';

export interface CommitInput {
  readonly group: PreparedGroup;
  readonly book: PointBook;
  readonly openAlarms: Map<number, OpenAlarm>;
  /** Since when a replay session's own rows are looked at for repetitions; epoch ms. */
  readonly sessionOpenedAt: ReadonlyMap<number, number>;
  /** Gives what is to be written down, once it is known which late rows are stored. */
  readonly flush: ((late: readonly LateReading[]) => Flush) | undefined;
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
  if (isPlain(input)) {
    await writer.copy(group.copy.finish());
    return { stored: group.copy.rows, duplicates: group.tally.duplicates, late: [], announced: 0 };
  }
  await writer.begin();
  if (group.copy.rows > 0) await writer.copy(group.copy.finish());
  const late = await storeLate(writer, input);
  const events = await storeAlarms(writer, input);
  await writer.saveFireWeather(group.days.map(({ row }) => row));
  await writer.saveSessionClocks([...group.clocks].map(([id, clock]) => ({ id, clock })));
  if (input.flush) await writer.flush(input.flush(late));
  await writer.commit();
  return {
    stored: group.copy.rows + late.length,
    duplicates: group.tally.duplicates + group.late.length - late.length,
    late,
    announced: events,
  };
}

/** Readings and nothing else: one statement, which is a transaction by itself and saves two ways to the database and back. */
function isPlain({ group, flush }: CommitInput): boolean {
  const { copy, late, changes, states, days, clocks } = group;
  if (flush !== undefined || copy.rows === 0) return false;
  return late.length + changes.length + states.length + days.length + clocks.size === 0;
}

/** Stores the late rows that are not there yet; runs after the group's own rows are written, so it sees them too. */
async function storeLate(writer: IngestWriter, input: CommitInput): Promise<readonly LateReading[]> {
  const stored: LateReading[] = [];
  const bySession = Map.groupBy(input.group.late, (row) => row.session);
  for (const [session, rows] of bySession) {
    const replayedSince = session === 0 ? undefined : (input.sessionOpenedAt.get(session) ?? 0);
    const seen = new Set(await writer.findExisting(rows, replayedSince));
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
