import { AppError } from '#base';
import { announce, auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

interface Answered {
  readonly id: number;
  readonly place: number;
  readonly scenario: number;
  readonly document: string;
}

/**
 * A version that is being published answers the open tasks of its scenario that it names. Throws `record.not-found` when one of
 * them is no open task of this scenario.
 */
export async function answerBasisTasks(
  context: RequestContext,
  tx: Tx,
  answer: {
    readonly tasks: readonly number[];
    readonly scenario: number;
    /** Id and number of the version. */
    readonly id: number;
    readonly version: string;
  },
): Promise<void> {
  const tasks = [...new Set(answer.tasks)];
  if (tasks.length === 0) return;
  const { rows } = await sql<Answered>`
    update basis_task set state = 'answered', answered_version_id = ${answer.id}, answered_at = ${new Date(context.now())},
      answered_by = ${context.actor.username}, version = version + 1
    where id = any(${tasks}::int[]) and scenario = ${answer.scenario} and state = 'open'
    returning id, place, scenario, document`.execute(tx);
  const missing = tasks.find((task) => !rows.some(({ id }) => id === task));
  if (missing !== undefined)
    throw new AppError('record.not-found', { what: '待回应的依据变更任务', id: String(missing) });
  await auditAll(
    context,
    tx,
    rows.map(({ id, place, scenario, document }) => ({
      action: 'basis-task.answer',
      subject: `basis-task/${id}`,
      before: { state: 'open', document },
      after: { state: 'answered', version: answer.version },
      place,
      scenario,
    })),
  );
  await announce(
    tx,
    rows.map(({ id, place, scenario }) => ({
      type: 'standard.basis-changed' as const,
      at: context.now(),
      place,
      scenario,
      payload: { id, state: 'answered' },
    })),
  );
}
