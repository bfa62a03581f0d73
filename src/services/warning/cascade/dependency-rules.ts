import { AppError } from '#base';
import type { cascadeRoutes, RuleRecord } from '#contract/warning';
import type { CascadeOutcome } from '#model/warning';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { outcomesOf } from './cascade-view.ts';

type Update = typeof cascadeRoutes.updateDependencyRule;

/** Rules are the district's: its stretch of territory begins with number 1. */
const DISTRICT = { place: 1, scenario: null };
const YEAR_MS = 365 * 86_400_000;

/** The rules of cascades with what came of their forecasts. */
export async function listDependencyRules(context: RequestContext): Promise<{ items: RuleRecord[] }> {
  context.authorize('warning.read');
  return context.transaction(async (tx) => ({ items: await loadRules(context, tx, sql`true`) }));
}

/** Switches a rule, or sets its lead time. Throws `record.not-found`, `access.denied`, `record.changed`. */
export async function updateDependencyRule(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Update['params']>; readonly body: z.output<Update['body']> },
): Promise<RuleRecord> {
  context.authorize('dependency.manage');
  context.authorizeRecord('dependency.manage', DISTRICT);
  const { code } = params;
  return context.transaction(async (tx) => {
    const [before] = await loadRules(context, tx, sql`d.code = ${code}`);
    if (!before) throw new AppError('record.not-found', { what: '连带规则', id: code });
    const now = new Date(context.now());
    const saved =
      await sql`update dependency_rule set in_force = ${body.inForce}, lead_minutes = ${body.leadMinutes},
        edited_by = ${context.actor.name}, edited_at = ${now}, version = version + 1
      where code = ${code} and version = ${body.version}`.execute(tx);
    if (saved.numAffectedRows !== 1n) throw new AppError('record.changed');
    const { inForce, leadMinutes } = before;
    await audit(context, tx, {
      action: 'dependency-rule.update',
      subject: `dependency-rule/${code}`,
      before: { inForce, leadMinutes },
      after: { inForce: body.inForce, leadMinutes: body.leadMinutes },
    });
    const payload = { id: 0, state: code };
    await announce(tx, [
      { type: 'dependency.changed', at: now.getTime(), place: null, scenario: null, payload },
    ]);
    const [after] = await loadRules(context, tx, sql`d.code = ${code}`);
    return after ?? before;
  });
}

type RuleRow = Omit<RuleRecord, 'outcomes' | 'hitRate' | 'allowedActions'> & {
  readonly outcomes: Partial<Record<CascadeOutcome, number>> | null;
};

async function loadRules(context: RequestContext, tx: Tx, where: RawBuilder<unknown>): Promise<RuleRecord[]> {
  const since = new Date(context.now() - YEAR_MS);
  const { rows } = await sql<RuleRow>`
    select d.body as rule, d.in_force as "inForce", d.lead_minutes as "leadMinutes", d.edited_by as "editedBy",
      d.edited_at as "editedAt", d.version, t.outcomes, t.mean as "meanMinutes"
    from dependency_rule d left join lateral (
      select json_object_agg(outcome, n) as outcomes, max(mean) filter (where outcome = 'came-true') as mean from (
        select r.outcome, count(*) as n, round(avg(extract(epoch from r.settled_at - c.began_at)) / 60)::int as mean
        from cascade_reach r join cascade c on c.id = r.cascade_id
        where r.rule = d.code and r.expected_at >= ${since} and c.replay_session_id is null and not c.simulated
        group by r.outcome) o
    ) t on true
    where ${where} order by d.position`.execute(tx);
  const allowedActions: RuleRecord['allowedActions'] = context.actor.rights.mayAt(
    'dependency.manage',
    DISTRICT,
  )
    ? ['edit']
    : [];
  return rows.map((row) => {
    const outcomes = outcomesOf(row.outcomes);
    const judged = outcomes['came-true'] + outcomes['did-not'];
    return {
      ...row,
      outcomes,
      hitRate: judged === 0 ? null : outcomes['came-true'] / judged,
      allowedActions,
    };
  });
}
