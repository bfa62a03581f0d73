import { AppError } from '#base';
import type { incidentReportRoutes, ReportRuleRecord } from '#contract/command';
import type { ReportLimits, ReportRule } from '#model/command';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

type Update = typeof incidentReportRoutes.updateReportRule;

/** Rules are the district's: its stretch of territory begins with number 1. */
const DISTRICT = { place: 1, scenario: null };

/** 报送规则 with what the district has set of them. */
export async function listReportRules(context: RequestContext): Promise<{ items: ReportRuleRecord[] }> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => ({ items: await loadRecords(context, tx, sql`true`) }));
}

/** Switches a rule, or sets its limits. What is owed already keeps its own. Throws `record.not-found`, `access.denied`, `record.changed`. */
export async function updateReportRule(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Update['params']>; readonly body: z.output<Update['body']> },
): Promise<ReportRuleRecord> {
  context.authorize('setting.manage');
  context.authorizeRecord('setting.manage', DISTRICT);
  const { code } = params;
  const { inForce, withinMinutes, repeatMinutes, finalMinutes } = body;
  return context.transaction(async (tx) => {
    const [before] = await loadRecords(context, tx, sql`code = ${code}`);
    if (!before) throw new AppError('record.not-found', { what: '报送规则', id: code });
    const saved = await sql`update report_rule set in_force = ${inForce}, within_minutes = ${withinMinutes},
        repeat_minutes = ${repeatMinutes}, final_minutes = ${finalMinutes}, edited_by = ${context.actor.name},
        edited_at = ${new Date(context.now())}, version = version + 1
      where code = ${code} and version = ${body.version}`.execute(tx);
    if (saved.numAffectedRows !== 1n) throw new AppError('record.changed');
    await audit(context, tx, {
      action: 'report-rule.update',
      subject: `report-rule/${code}`,
      before: {
        inForce: before.inForce,
        withinMinutes: before.withinMinutes,
        repeatMinutes: before.repeatMinutes,
        finalMinutes: before.finalMinutes,
      },
      after: { inForce, withinMinutes, repeatMinutes, finalMinutes },
    });
    const [after] = await loadRecords(context, tx, sql`code = ${code}`);
    return after ?? before;
  });
}

async function loadRecords(
  context: RequestContext,
  tx: Tx,
  where: RawBuilder<unknown>,
): Promise<ReportRuleRecord[]> {
  const { rows } = await sql<Omit<ReportRuleRecord, 'allowedActions'>>`
    select body as rule, in_force as "inForce", within_minutes as "withinMinutes", repeat_minutes as "repeatMinutes",
      final_minutes as "finalMinutes", edited_by as "editedBy", edited_at as "editedAt", version
    from report_rule where ${where} order by position`.execute(tx);
  const mayEdit = context.actor.rights.mayAt('setting.manage', DISTRICT);
  return rows.map((row) => ({ ...row, allowedActions: mayEdit ? ['edit'] : [] }));
}

/** A rule as it holds now. */
export interface RuleInForce extends Pick<ReportRule, 'code' | 'triggers' | 'from' | 'to' | 'channel'> {
  readonly limits: ReportLimits;
}

/** The rules that are in force, with the limits that hold. */
export async function rulesInForce(tx: Tx): Promise<readonly RuleInForce[]> {
  const { rows } = await sql<{ body: ReportRule } & Record<'within' | 'repeat' | 'final', number | null>>`
    select body, within_minutes as within, repeat_minutes as repeat, final_minutes as final
    from report_rule where in_force order by position`.execute(tx);
  return rows.map(({ body, within, repeat, final }) => ({
    code: body.code,
    triggers: body.triggers,
    from: body.from,
    to: body.to,
    channel: body.channel,
    limits: {
      withinMinutes: within ?? body.withinMinutes,
      repeatMinutes: repeat ?? body.repeatMinutes ?? null,
      finalMinutes: final ?? body.finalMinutes ?? null,
    },
  }));
}
