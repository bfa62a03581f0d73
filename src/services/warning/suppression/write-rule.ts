import { AppError } from '#base';
import type { SuppressionRule, suppressionRoutes } from '#contract/warning';
import { scenarioOf } from '#model/platform';
import { rankOf } from '#model/warning';
import { announce, audit, cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { checkRule } from './check-rule.ts';
import { loadRules, type RuleRow, showRule } from './rule-view.ts';

type List = typeof suppressionRoutes.listSuppressionRules;
type Create = z.output<typeof suppressionRoutes.createSuppressionRule.body>;
type Change = z.output<typeof suppressionRoutes.changeSuppressionRule.body>;
type Ended = { readonly version: number };

/** A page of the rules, newest first. */
export async function listSuppressionRules(
  context: RequestContext,
  { query }: { readonly query: z.output<List['query']> },
): Promise<z.output<List['reply']>> {
  context.authorize('warning.read');
  const before = readIdCursor(query.after);
  return context.transaction(async (tx) => {
    const rows = await loadRules(
      tx,
      sql`where (${before} = 0 or r.id < ${before}) and (${query.scenario ?? null}::text is null or c.code = ${query.scenario ?? null})
        order by r.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: page.map((row) => showRule(row, context)), next };
  });
}

/** A new rule, in force at once. Throws `record.not-found`, `access.denied`, `suppression-rule.faulty`. */
export async function createSuppressionRule(
  context: RequestContext,
  { body }: { readonly body: Create },
): Promise<SuppressionRule> {
  context.authorize('standard.draft');
  const scenario = scenarioOf(body.scenario)?.id;
  if (scenario === undefined) throw new AppError('record.not-found', { what: '场景', id: body.scenario });
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ place: number }>`
      select place from platform where scenario = ${scenario} order by id limit 1`.execute(tx);
    const place = rows[0]?.place ?? 0;
    context.authorizeRecord('standard.draft', { place, scenario });
    await checkRule(tx, body, scenario);
    const at = new Date(context.now());
    const by = context.actor.name;
    const made = await tx
      .insertInto('suppression_rule')
      .values({ ...columns(body), scenario, place, made_by: by, made_at: at, changed_by: by, changed_at: at })
      .returning('id')
      .executeTakeFirstOrThrow();
    return tell(context, tx, { id: made.id, verb: 'create' });
  });
}

/** Changes a rule; what it held and holds no longer goes through within a second. Throws as creating does, and `record.changed`. */
export async function changeSuppressionRule(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Change },
): Promise<SuppressionRule> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const before = await lockRule(context, tx, { id: params.id, version: body.version });
    await checkRule(tx, body, before.scenario_id);
    await tx
      .updateTable('suppression_rule')
      .set({
        ...columns(body),
        changed_by: context.actor.name,
        changed_at: new Date(context.now()),
        version: before.version + 1,
      })
      .where('id', '=', params.id)
      .execute();
    return tell(context, tx, { id: params.id, verb: 'change', before });
  });
}

/** Ends a rule for good. Throws `record.not-found`, `access.denied`, `record.changed`. */
export async function endSuppressionRule(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Ended },
): Promise<SuppressionRule> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) => {
    const before = await lockRule(context, tx, { id: params.id, version: body.version });
    await tx
      .updateTable('suppression_rule')
      .set({
        state: 'ended',
        changed_by: context.actor.name,
        changed_at: new Date(context.now()),
        version: before.version + 1,
      })
      .where('id', '=', params.id)
      .execute();
    return tell(context, tx, { id: params.id, verb: 'end', before });
  });
}

async function lockRule(
  context: RequestContext,
  tx: Tx,
  { id, version }: { readonly id: number; readonly version: number },
): Promise<RuleRow> {
  await sql`select from suppression_rule r where r.id = ${id} for update`.execute(tx);
  const [found] = await loadRules(tx, sql`where r.id = ${id}`);
  if (!found) throw new AppError('record.not-found', { what: '抑制规则', id: String(id) });
  context.authorizeRecord('standard.draft', { place: found.place, scenario: found.scenario_id });
  if (found.version !== version || found.state === 'ended') throw new AppError('record.changed');
  return found;
}

function columns({ name, cause, item, level, reach, objects, reason }: Omit<Change, 'version'>) {
  return {
    name,
    cause_kind: cause.kind,
    cause_code: cause.code,
    cause_object: cause.object,
    cause_level: rankOf(cause.level),
    item_code: item,
    level: rankOf(level),
    reach,
    objects: [...objects],
    reason,
  };
}

async function tell(
  context: RequestContext,
  tx: Tx,
  {
    id,
    verb,
    before = null,
  }: { readonly id: number; readonly verb: string; readonly before?: RuleRow | null },
): Promise<SuppressionRule> {
  const [row] = await loadRules(tx, sql`where r.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '抑制规则', id: String(id) });
  const { place, scenario_id: scenario } = row;
  await audit(context, tx, {
    action: `suppression-rule.${verb}`,
    subject: `suppression-rule/${id}`,
    before,
    after: row,
    place,
    scenario,
  });
  // Everybody reads rules: what is held anywhere hears of it.
  const payload = { id, state: row.state };
  await announce(tx, [
    { type: 'suppression-rule.changed', at: context.now(), place: null, scenario: null, payload },
  ]);
  return showRule(row, context);
}
