import type { Event } from '#bus';
import { announce, auditRule } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

interface Reopened {
  readonly id: number;
  readonly place: number;
  readonly scenario: number;
}

/** A version that was called off before its moment answers nothing: its tasks are open again. Doing it twice changes nothing. */
export async function reopenBasisTasks(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const versions = events.map(({ payload }) => payload.id);
  const { rows } = await sql<Reopened>`
    update basis_task t set state = 'open', answered_version_id = null, answered_at = null, answered_by = null,
      version = t.version + 1
    from standard_version v
    where v.id = t.answered_version_id and v.cancelled_at is not null and v.id = any(${versions}::int[])
    returning t.id, t.place, t.scenario`.execute(tx);
  await auditRule(
    tx,
    { rule: 'reopen-basis-tasks', at: now },
    rows.map(({ id, place, scenario }) => ({
      action: 'basis-task.reopen',
      subject: `basis-task/${id}`,
      after: { state: 'open' },
      place,
      scenario,
    })),
  );
  await announce(
    tx,
    rows.map(({ id, place, scenario }) => ({
      type: 'standard.basis-changed' as const,
      at: now,
      place,
      scenario,
      payload: { id, state: 'reopened' },
    })),
  );
}
