import { announce } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

interface Released {
  readonly id: number;
  readonly object: number;
  readonly item: string;
  readonly sign: number;
  readonly level: number;
  readonly value: number;
  readonly place: number;
  readonly scenario: number;
  readonly session: number | null;
  readonly simulated: boolean;
  readonly changed_at: number;
}

/**
 * Ends the open holds that `which` picks (`h` is the hold) and lets their alarms through, as far as they still stand and
 * nothing else holds them; gives how many holds ended. `why` is said of the hold, and of the warning that comes of it. `at`
 * is the wall clock, epoch ms. What holds an alarm (a shelf …) must be over in its own table before, for the gates are asked anew.
 */
export async function releaseAlarms(
  tx: Tx,
  which: RawBuilder<unknown>,
  { at, why }: { readonly at: number; readonly why: string },
): Promise<number> {
  const { rows: ended } = await sql<{ alarm: number }>`
    update alarm_hold h set ended_at = to_timestamp(${at / 1000}::float8), ended_why = ${why}
    where h.ended_at is null and (${which}) returning h.alarm_id as alarm`.execute(tx);
  if (ended.length === 0) return 0;
  const { rows } = await sql<Released>`
    select a.id, a.object_id as object, a.item_code as item, a.sign_id as sign, a.level, a.value, a.place, a.scenario,
      a.replay_session_id as session, a.simulated, a.changed_at
    from alarm a
    where a.id = any(${[...new Set(ended.map(({ alarm }) => alarm))]}::bigint[]) and a.normal_at is null
      and not exists (select from alarm_hold h where h.alarm_id = a.id and h.ended_at is null)
    order by a.id`.execute(tx);
  await announce(
    tx,
    rows.map(({ changed_at, place, scenario, level, ...alarm }) => ({
      type: 'alarm.released',
      // A replay keeps the clock of its recording.
      at: alarm.session === null ? at : changed_at,
      place,
      scenario,
      payload: { ...alarm, toLevel: level, released: why },
    })),
  );
  return ended.length;
}
