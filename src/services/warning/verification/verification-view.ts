import { AppError } from '#base';
import type { Verification } from '#contract/warning';
import { type Role, ROLE_TEXT } from '#model/platform';
import { type FalseAlarmReason, levelOf, type VerificationDecision } from '#model/warning';
import type { Actor, RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** What waits, with the names a page needs. Moments are epoch ms. */
export interface VerificationView {
  readonly id: number;
  readonly alarm: number;
  readonly place: number;
  readonly scenario_id: number;
  readonly object: Verification['object'];
  readonly item: Verification['item'];
  readonly scenario: string;
  readonly scenario_name: string;
  readonly sign: string;
  readonly level: number;
  readonly standing: number;
  readonly reasons: readonly string[] | null;
  readonly raised_at: number;
  readonly asked_at: number;
  readonly due_at: number;
  readonly owner_role: Role;
  readonly owner_id: number | null;
  readonly owner_name: string | null;
  readonly more_note: string | null;
  readonly more_by: string | null;
  readonly more_at: number | null;
  readonly decision: VerificationDecision | null;
  readonly given_level: number | null;
  readonly false_alarm: FalseAlarmReason | null;
  readonly note: string | null;
  readonly decided_by: string | null;
  readonly decided_at: number | null;
  readonly warning: number | null;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
}

/** Verifications the transaction sees, as `suffix` picks them (`v`), in the order of `order`. */
export async function loadVerifications(
  tx: Tx,
  suffix: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<readonly VerificationView[]> {
  const { rows } = await sql<VerificationView>`
    select v.id, v.alarm_id as alarm, v.place, v.scenario as scenario_id, v.level, a.level as standing, a.raised_at, v.asked_at, v.due_at,
      v.owner_role, v.owner_id, n.name as owner_name, v.more_note, v.more_by, v.more_at, v.decision, v.given_level, v.false_alarm, v.note,
      v.decided_by, v.decided_at, v.replay_session_id, v.simulated,
      json_build_object('id', m.id, 'code', m.code, 'name', m.name,
        'town', (select t.name from platform t where t.code = m.town)) as object,
      json_build_object('code', v.item_code, 'name', coalesce((select i.name from warning_item i where i.code = v.item_code
        order by i.standard_id desc limit 1), v.item_code)) as item,
      c.code as scenario, c.name as scenario_name, s.name as sign,
      (select json_agg(h.reason order by h.id) from alarm_hold h
        where h.alarm_id = v.alarm_id and h.kind = 'verify' and (v.decision is not null or h.ended_at is null)) as reasons,
      (select e.warning_id from warning_evidence e where e.alarm_id = v.alarm_id order by e.warning_id desc limit 1) as warning
    from (select v.* from verification v ${suffix}) v
    join alarm a on a.id = v.alarm_id
    join sign s on s.id = a.sign_id
    join monitored_object m on m.id = v.object_id
    join scenario c on c.id = v.scenario
    left join account_name n on n.id = v.owner_id
    ${order}`.execute(tx);
  return rows;
}

/** The one of that id. Throws `record.not-found`. */
export async function loadVerification(context: RequestContext, tx: Tx, id: number): Promise<Verification> {
  const [row] = await loadVerifications(tx, sql`where v.id = ${id}`, sql``);
  if (!row) throw new AppError('record.not-found', { what: '待核实报警', id });
  return showVerification(row, context.actor);
}

export function showVerification(row: VerificationView, actor: Actor): Verification {
  return {
    id: row.id,
    alarm: row.alarm,
    object: row.object,
    item: row.item,
    scenario: row.scenario,
    scenarioName: row.scenario_name,
    sign: row.sign,
    level: levelOf(row.level) ?? 'blue',
    standing: levelOf(row.standing) ?? null,
    reasons: [...(row.reasons ?? [])],
    raisedAt: row.raised_at,
    askedAt: row.asked_at,
    dueAt: row.due_at,
    owner: { role: row.owner_role, roleName: ROLE_TEXT[row.owner_role], name: row.owner_name },
    isMine: row.owner_id !== null && row.owner_id === actor.accountId,
    more: moreOf(row),
    decision: decisionOf(row),
    warning: row.warning,
    replaySession: row.replay_session_id,
    simulated: row.simulated,
    allowedActions: actionsOf(row, actor),
  };
}

function moreOf({ more_note: note, more_by: by, more_at: at }: VerificationView): Verification['more'] {
  return note === null || by === null || at === null ? null : { note, by, at };
}

function decisionOf(row: VerificationView): Verification['decision'] {
  const { decision, decided_at, given_level } = row;
  if (decision === null || decided_at === null) return null;
  return {
    kind: decision,
    by: row.decided_by,
    at: decided_at,
    level: given_level === null ? null : (levelOf(given_level) ?? null),
    falseAlarm: row.false_alarm,
    note: row.note,
  };
}

function actionsOf(row: VerificationView, actor: Actor): Verification['allowedActions'] {
  const where = { place: row.place, scenario: row.scenario_id };
  if (row.decision !== null || row.standing === 0 || !actor.rights.mayAt('warning.decide', where)) return [];
  return row.more_at === null ? ['confirm', 'refuse', 'more'] : ['confirm', 'refuse'];
}
