import type { Event } from '#bus';
import { basisDueAt } from '#model/standard';
import { announce, auditRule, settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { placeOfScenario } from '../version/place-of-scenario.ts';
import { citing, loadCites } from './cites.ts';
import { signsAt } from './signs-at.ts';

interface Change {
  readonly id: number;
  readonly kind: 'replaced' | 'moved';
  readonly document: string;
  readonly clause: string | null;
  readonly object_id: number | null;
  readonly changed_on: string;
}

/** What cites the basis in one scenario. */
interface Concerned {
  readonly scenario: number;
  readonly kind: string;
  readonly code: string;
  readonly name: string;
}

interface Opened {
  readonly id: number;
  readonly place: number;
  readonly scenario: number;
  readonly document: string;
}

/**
 * For changes that were told: opens a task in every scenario whose standard in force cites the basis, or whose signs judge at
 * the moved station. Doing it twice opens nothing more.
 */
export async function openBasisTasks(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const told = events.filter(({ payload }) => payload['state'] === 'told').map(({ payload }) => payload.id);
  if (told.length === 0) return;
  const { rows: changes } = await sql<Change>`
    select id, kind, document, clause, object_id, changed_on from basis_change where id = any(${told}::int[]) order by id`.execute(
    tx,
  );
  const setting = await settingsOfScenarios(tx, ['basis.answer-days']);
  for (const change of changes) {
    const concerned = await concernedBy(tx, change, now);
    for (const [scenario, its] of Map.groupBy(concerned, (one) => one.scenario)) {
      const dueAt = basisDueAt(change.changed_on, Number(setting('basis.answer-days', scenario)));
      await open(tx, change, { scenario, its, dueAt, now });
    }
  }
}

async function concernedBy(tx: Tx, change: Change, now: number): Promise<readonly Concerned[]> {
  if (change.kind === 'replaced') return loadCites(tx, now, citing(change.document, change.clause));
  const signs = await signsAt(tx, change.object_id ?? 0, now);
  return signs.map((sign) => ({ ...sign, kind: 'sign' }));
}

async function open(
  tx: Tx,
  change: Change,
  task: {
    readonly scenario: number;
    readonly its: readonly Concerned[];
    readonly dueAt: number;
    readonly now: number;
  },
): Promise<void> {
  const { scenario, its, dueAt, now } = task;
  const place = await placeOfScenario(tx, scenario);
  // Each once, though a sign may cite it for several of its levels.
  const concerned = [
    ...new Map(its.map(({ kind, code, name }) => [`${kind} ${code}`, { kind, code, name }])).values(),
  ];
  const { rows } = await sql<Opened>`
    insert into basis_task (change_id, scenario, place, kind, document, clause, object_id, successor, changed_on, note, told_by,
      concerned, opened_at, due_at)
    select id, ${scenario}, ${place}, kind, document, clause, object_id, successor, changed_on, note, told_by,
      ${JSON.stringify(concerned)}::jsonb, ${new Date(now)}, ${new Date(dueAt)}
    from basis_change where id = ${change.id}
    on conflict (change_id, scenario) do nothing returning id, place, scenario, document`.execute(tx);
  for (const { id, document } of rows) {
    await auditRule(tx, { rule: 'open-basis-tasks', at: now }, [
      {
        action: 'basis-task.open',
        subject: `basis-task/${id}`,
        after: { change: change.id, document, dueAt, concerned: concerned.length },
        place,
        scenario,
      },
    ]);
    const payload = { id, state: 'opened' };
    await announce(tx, [{ type: 'standard.basis-changed', at: now, place, scenario, payload }]);
  }
}
