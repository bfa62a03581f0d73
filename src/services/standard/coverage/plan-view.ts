import type { CoveragePlan, PlanState } from '#contract/standard';
import { scenarioCodeOf } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { beijingDay } from './beijing-day.ts';

type Row = Omit<CoveragePlan, 'scenario' | 'state' | 'allowedActions'> & {
  readonly scenario: number;
  readonly place: number;
  readonly withdrawnAt: number | null;
};

/** Plans in the caller's scope, as `tail` picks and sorts them; `p` is the plan. */
export async function loadPlans(
  context: RequestContext,
  tx: Tx,
  tail: RawBuilder<unknown>,
): Promise<readonly CoveragePlan[]> {
  const { rows } = await sql<Row>`
    select p.id, p.gap, p.scenario, p.place, s.name as "scenarioName", p.code, p.what, p.who, p.due_on as "dueOn",
      p.made_by as "madeBy", p.made_at as "madeAt", p.met_at as "metAt", p.withdrawn_at as "withdrawnAt", p.version,
      case when o.id is not null then json_build_object('id', o.id, 'code', o.code, 'name', o.name) end as object,
      case when l.id is not null then json_build_object('id', l.id,
        'name', coalesce(l.name, k.name || ' ' || l.quantity) || '（' || coalesce(w.name, l.town) || '）') end as ledger
    from coverage_plan p join scenario s on s.id = p.scenario left join monitored_object o on o.id = p.object_id
      left join ledger_entry l on l.id = p.ledger_id left join object_kind k on k.id = l.kind_id
      left join platform w on w.code = l.town
    ${tail}`.execute(tx);
  const today = beijingDay(context.now());
  return rows.map(({ withdrawnAt, scenario, place, ...plan }) => {
    const state = stateOf({ ...plan, withdrawnAt }, today);
    const may =
      (state === 'open' || state === 'overdue') &&
      context.actor.rights.mayAt('object.manage', { place, scenario });
    return {
      ...plan,
      scenario: scenarioCodeOf(scenario) ?? String(scenario),
      state,
      allowedActions: may ? ['edit', 'withdraw'] : [],
    };
  });
}

function stateOf(
  { metAt, withdrawnAt, dueOn }: Pick<Row, 'metAt' | 'withdrawnAt' | 'dueOn'>,
  today: string,
): PlanState {
  if (withdrawnAt !== null) return 'withdrawn';
  if (metAt !== null) return 'met';
  return dueOn < today ? 'overdue' : 'open';
}
