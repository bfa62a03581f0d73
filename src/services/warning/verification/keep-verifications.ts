import { LEVEL_TEXT, levelOf, VERIFICATION_DECISION_TEXT } from '#model/warning';
import { recordset, type Tx } from '#storage';
import { ownerAt, rungAt } from '#workflow';
import { sql } from 'kysely';

import { levelMinutes, type LevelMinutes } from '../level-minutes.ts';
import { ownersOf } from './owners.ts';
import { tellVerifications, toldOf, type ToldVerification } from './tell-verifications.ts';

const MINUTE_MS = 60_000;
const BATCH = 5000;

/**
 * Makes what waits for a person be what is held for one: every alarm that is held as `verify` is asked of exactly one owner with a
 * limit by its level; one that got worse meanwhile is due sooner; one that is held no more is asked no more. Doing it again
 * changes nothing. `now` is the wall clock, epoch ms.
 */
export async function keepVerifications(tx: Tx, now: number): Promise<void> {
  await endReturned(tx, now);
  const asked = await heldUnasked(tx);
  const worse = await waitingWorse(tx);
  if (asked.length === 0 && worse.length === 0) return;
  const minutesOf = await levelMinutes(tx, 'verify');
  await ask(tx, asked, { now, minutesOf });
  await hurry(tx, worse, { now, minutesOf });
}

interface Times {
  readonly now: number;
  readonly minutesOf: (scenario: number) => LevelMinutes;
}

type Unasked = Omit<ToldVerification, 'id' | 'text'>;

async function heldUnasked(tx: Tx): Promise<readonly Unasked[]> {
  const { rows } = await sql<Unasked>`
    select a.id as alarm, a.object_id as object, a.item_code as item, a.place, a.scenario, max(h.level) as level, a.simulated,
      a.replay_session_id as session
    from alarm_hold h join alarm a on a.id = h.alarm_id and a.normal_at is null
    where h.kind = 'verify' and h.ended_at is null
      and not exists (select from verification v where v.alarm_id = a.id and v.decision is null)
    group by a.id order by a.id limit ${BATCH}`.execute(tx);
  return rows;
}

async function ask(tx: Tx, alarms: readonly Unasked[], { now, minutesOf }: Times): Promise<void> {
  if (alarms.length === 0) return;
  const role = ownerAt(0);
  const ownerOf = await ownersOf(
    tx,
    alarms.map(({ scenario }) => ({ scenario, role })),
    now,
  );
  const rows = alarms.map((alarm) => {
    const dueAt = now + minutesFor(minutesOf, alarm) * MINUTE_MS;
    const owner = ownerOf({ scenario: alarm.scenario, role });
    return { ...alarm, due: dueAt, next: rungAt({ askedAt: now, dueAt }, 0), owner };
  });
  const { rows: made } = await sql<{ id: number; alarm: number }>`
    insert into verification (alarm_id, object_id, item_code, place, scenario, level, asked_at, due_at, next_at, owner_role, owner_id,
      replay_session_id, simulated)
    select alarm, object, item, place, scenario, level, ${new Date(now)}, to_timestamp(due / 1000.0), to_timestamp(next / 1000.0),
      ${role}, owner, session, simulated
    from ${recordset(
      rows,
      sql`r(alarm bigint, object int, item text, place int, scenario int2, level int2, due float8, next float8, owner int,
        session int, simulated boolean)`,
    )}
    on conflict (alarm_id) where decision is null do nothing
    returning id, alarm_id as alarm`.execute(tx);
  const byAlarm = new Map(alarms.map((alarm) => [alarm.alarm, alarm]));
  const told = made.flatMap(({ id, alarm }) => {
    const one = byAlarm.get(alarm);
    return one ? [{ ...one, id, text: `${LEVEL_TEXT[levelOf(one.level) ?? 'blue']}报警待核实` }] : [];
  });
  await tellVerifications(tx, 'asked', now, told);
}

interface Worse extends ToldVerification {
  readonly asked_at: number;
  readonly due_at: number;
  readonly step: number;
}

async function waitingWorse(tx: Tx): Promise<readonly Worse[]> {
  const { rows } = await sql<Worse>`
    select v.id, v.alarm_id as alarm, v.object_id as object, v.item_code as item, v.place, v.scenario, max(h.level) as level,
      v.simulated, v.replay_session_id as session, '' as text, v.asked_at, v.due_at, v.step
    from verification v join alarm_hold h on h.alarm_id = v.alarm_id and h.kind = 'verify' and h.ended_at is null
      and h.level > v.level
    where v.decision is null group by v.id limit ${BATCH}`.execute(tx);
  return rows;
}

/** A worse level has a shorter limit, counted from now; what was due sooner stays so. */
async function hurry(tx: Tx, worse: readonly Worse[], { now, minutesOf }: Times): Promise<void> {
  if (worse.length === 0) return;
  const rows = worse.map(({ asked_at: askedAt, due_at, step, ...one }) => {
    const dueAt = Math.min(due_at, now + minutesFor(minutesOf, one) * MINUTE_MS);
    const text = `待核实的报警升至${LEVEL_TEXT[levelOf(one.level) ?? 'blue']}`;
    return { ...one, text, due: dueAt, next: rungAt({ askedAt, dueAt }, step) };
  });
  await sql`update verification v set level = r.level, due_at = to_timestamp(r.due / 1000.0), next_at = to_timestamp(r.next / 1000.0)
    from ${recordset(rows, sql`r(id bigint, level int2, due float8, next float8)`)} where v.id = r.id`.execute(
    tx,
  );
  await tellVerifications(tx, 'asked', now, rows.map(toldOf));
}

/** Over before anybody looked, or let through by something else. */
async function endReturned(tx: Tx, now: number): Promise<void> {
  const { rows } = await sql<Omit<ToldVerification, 'text'>>`
    update verification v set decision = 'returned', decided_at = ${new Date(now)}, next_at = null
    where v.decision is null
      and not exists (select from alarm_hold h where h.alarm_id = v.alarm_id and h.kind = 'verify' and h.ended_at is null)
    returning v.id, v.alarm_id as alarm, v.object_id as object, v.item_code as item, v.place, v.scenario, v.level, v.simulated,
      v.replay_session_id as session`.execute(tx);
  const text = VERIFICATION_DECISION_TEXT.returned;
  await tellVerifications(
    tx,
    'decided',
    now,
    rows.map((row) => ({ ...row, text })),
  );
}

function minutesFor(
  minutesOf: Times['minutesOf'],
  { scenario, level }: { readonly scenario: number; readonly level: number },
): number {
  return minutesOf(scenario)[levelOf(level) ?? 'blue'];
}
