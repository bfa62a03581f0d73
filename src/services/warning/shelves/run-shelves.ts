import { SHELF_REMINDER_MS } from '#model/warning';
import { announce, auditRule, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { closeShelf } from './close-shelf.ts';
import { momentText } from './moment-text.ts';

const AT_ONCE = 200;

interface DueShelf {
  readonly id: number;
  readonly state: 'proposed' | 'running';
  readonly object: number;
  readonly name: string;
  readonly place: number;
  readonly scenario: number;
  readonly made_by: string;
  readonly until: number;
}

/**
 * One round, in one transaction: shelves whose time has come end, each once however many processes look; those that end within ten
 * minutes are told to whoever made them. Gives how many ended.
 */
export async function runShelves(context: SystemContext): Promise<number> {
  return context.transaction(async (tx) => {
    const now = context.now();
    const ended = await lockDue(tx, sql`s.until <= ${new Date(now)}`);
    for (const shelf of ended) await endByItself(tx, shelf, now);
    await remind(tx, now);
    return ended.length;
  });
}

async function lockDue(tx: Tx, which: RawBuilder<unknown>): Promise<readonly DueShelf[]> {
  const { rows } = await sql<DueShelf>`
    select s.id, s.state, s.object_id as object, o.name, s.place, s.scenario, s.made_by, s.until
    from shelf s join monitored_object o on o.id = s.object_id
    where s.state <> 'ended' and (${which}) order by s.until limit ${AT_ONCE} for update of s skip locked`.execute(
    tx,
  );
  return rows;
}

async function endByItself(tx: Tx, shelf: DueShelf, now: number): Promise<void> {
  const why = shelf.state === 'proposed' ? '没有人确认，提议作废' : '到时自行结束';
  await closeShelf(tx, shelf.id, { at: now, by: null, why, said: '搁置结束，仍超过限值' });
  const { id, object, place, scenario, state } = shelf;
  await auditRule(tx, { rule: 'run-shelves', at: now }, [
    {
      action: 'shelf.end',
      subject: `shelf/${id}`,
      before: { state },
      after: { state: 'ended', why },
      place,
      scenario,
    },
  ]);
  await announce(tx, [
    { type: 'shelf.changed', at: now, place, scenario, payload: { id, object, state: 'ended' } },
  ]);
}

async function remind(tx: Tx, now: number): Promise<void> {
  const soon = new Date(now + SHELF_REMINDER_MS);
  // One that is shorter than the reminder needs none.
  const due = await lockDue(
    tx,
    sql`s.state = 'running' and s.reminded_at is null and s.until <= ${soon}
      and s.until - coalesce(s.prolonged_at, s.from_at) > interval '10 minutes'`,
  );
  if (due.length === 0) return;
  await sql`update shelf set reminded_at = ${new Date(now)} where id = any(${due.map(({ id }) => id)}::int[])`.execute(
    tx,
  );
  await announce(
    tx,
    due.map(({ id, object, name, place, scenario, made_by, until, state }) => ({
      type: 'shelf.ending',
      at: now,
      place,
      scenario,
      payload: {
        id,
        object,
        state,
        text: `${made_by}对${name}的搁置 ${momentText(until, now)} 结束，届时仍超过限值的成为预警`,
      },
    })),
  );
}
