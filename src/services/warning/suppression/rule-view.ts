import type { SuppressionRule } from '#contract/warning';
import { levelOf } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** A rule with the names a page needs. Moments are epoch ms. */
export interface RuleRow extends Omit<SuppressionRule, 'level' | 'cause' | 'mayChange'> {
  readonly level: number;
  readonly cause: Omit<SuppressionRule['cause'], 'level'> & { readonly level: number };
  readonly place: number;
  readonly scenario_id: number;
}

/** Rules as `suffix` picks and sorts them; `r` is the rule. Objects the caller does not see are left out of the names. */
export async function loadRules(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly RuleRow[]> {
  const named = sql`json_build_object('id', o.id, 'code', o.code, 'name', o.name)`;
  const { rows } = await sql<RuleRow>`
    select r.id, c.code as scenario, r.scenario as scenario_id, r.place, r.name, r.level, r.reach, r.reason, r.state,
      r.made_by as "madeBy", r.made_at as "madeAt", r.changed_by as "changedBy", r.changed_at as "changedAt", r.hits,
      r.hit_at as "hitAt", r.version,
      json_build_object('kind', r.cause_kind, 'code', r.cause_code, 'name', coalesce(case r.cause_kind
          when 'sign' then (select name from sign where code = r.cause_code order by standard_id desc limit 1)
          when 'item' then (select name from warning_item where code = r.cause_code order by standard_id desc limit 1) end, r.cause_code),
        'object', (select ${named} from monitored_object o where o.id = r.cause_object), 'level', r.cause_level) as cause,
      json_build_object('code', r.item_code, 'name', coalesce(
        (select name from warning_item where code = r.item_code order by standard_id desc limit 1), r.item_code)) as item,
      coalesce((select json_agg(${named} order by o.id) from monitored_object o where o.id = any(r.objects)), '[]') as objects,
      (select count(*) from alarm_hold h where h.held_by = 'suppression-rule/' || r.id and h.ended_at is null) as holding
    from suppression_rule r join scenario c on c.id = r.scenario ${suffix}`.execute(tx);
  return rows;
}

export function showRule(
  { level, cause, place, scenario_id: scenario, ...row }: RuleRow,
  { actor }: RequestContext,
): SuppressionRule {
  return {
    ...row,
    level: levelOf(level) ?? 'blue',
    cause: { ...cause, level: levelOf(cause.level) ?? 'blue' },
    mayChange: row.state === 'in-force' && actor.rights.mayAt('standard.draft', { place, scenario }),
  };
}
