import type { BasisTask, TaskState } from '#contract/standard';
import { scenarioCodeOf } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

interface Concerned {
  readonly kind: string;
  readonly code: string;
  readonly name: string;
}

type Row = Omit<BasisTask, 'scenario' | 'state' | 'signs' | 'others' | 'allowedActions'> & {
  readonly scenario: number;
  readonly place: number;
  readonly held: 'open' | 'answered' | 'kept';
  readonly concerned: readonly Concerned[];
};

/** Tasks in the caller's scope, as `tail` picks and sorts them; `t` is the task. */
export async function loadTasks(
  context: RequestContext,
  tx: Tx,
  tail: RawBuilder<unknown>,
): Promise<readonly BasisTask[]> {
  const now = new Date(context.now());
  const { rows } = await sql<Row>`
    select t.id, t.scenario, t.place, s.name as "scenarioName", t.kind, t.document, t.clause, t.successor,
      t.changed_on as "changedOn", t.note, t.told_by as "toldBy", t.concerned, t.state as held, t.opened_at as "openedAt",
      t.due_at as "dueAt", t.answered_at as "answeredAt", t.answer_note as "answerNote", t.version,
      coalesce((select n.name from account_name n where n.username = t.answered_by), t.answered_by) as "answeredBy",
      case when o.id is not null then json_build_object('id', o.id, 'code', o.code, 'name', o.name) end as object,
      case when v.id is not null then json_build_object('id', v.id, 'version', v.version) end as answer,
      (select coalesce(json_agg(distinct h.name), '[]') from role_holder h join platform p on p.id = h.platform_id
        where p.scenario = t.scenario and h.role = 'business-admin' and h.valid_from <= ${now}
          and (h.ends_at is null or h.ends_at > ${now})) as owners
    from basis_task t join scenario s on s.id = t.scenario left join monitored_object o on o.id = t.object_id
      left join standard_version v on v.id = t.answered_version_id
    ${tail}`.execute(tx);
  return rows.map((row) => show(context, row));
}

function show(context: RequestContext, { held, concerned, place, ...row }: Row): BasisTask {
  const { scenario } = row;
  const may = held === 'open' && context.actor.rights.mayAt('standard.approve', { place, scenario });
  const named = (wanted: boolean): BasisTask['signs'] =>
    concerned.filter(({ kind }) => (kind === 'sign') === wanted).map(({ code, name }) => ({ code, name }));
  return {
    ...row,
    scenario: scenarioCodeOf(scenario) ?? String(scenario),
    signs: named(true),
    others: named(false),
    state: stateOf(held, row.dueAt, context.now()),
    allowedActions: may && row.toldBy !== context.actor.username ? ['keep'] : [],
  };
}

function stateOf(held: Row['held'], dueAt: number, now: number): TaskState {
  return held === 'open' && dueAt <= now ? 'overdue' : held;
}
