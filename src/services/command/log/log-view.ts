import { AppError } from '#base';
import type { LogLine } from '#contract/command';
import type { CallOutcome, LogKind } from '#model/command';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

export interface LogRow {
  readonly id: number;
  readonly platform: LogLine['platform'];
  readonly place: number;
  readonly scenario: number | null;
  readonly at: number;
  readonly kind: LogKind;
  readonly text: string;
  readonly count: number;
  readonly by: string | null;
  readonly by_id: number | null;
  readonly warning_id: number | null;
  readonly work_order: LogLine['workOrder'];
  readonly contact: LogLine['contact'];
  readonly outcome: CallOutcome | null;
  readonly for_handover: boolean;
  readonly struck_at: number | null;
  readonly struck_by: string | null;
  readonly struck_reason: string | null;
  readonly corrected_by_id: number | null;
  readonly replay_session_id: number | null;
  readonly simulated: boolean;
}

/** Lines of the duty log that the caller may see, as `suffix` picks and sorts them. `l` is the line. */
export async function loadLines(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly LogRow[]> {
  const { rows } = await sql<LogRow>`
    select l.id, json_build_object('code', p.code, 'name', p.name) as platform, l.place, l.scenario, l.at, l.kind, l.text,
      l.count, l.by, l.by_id, l.warning_id, l.outcome, l.for_handover, l.struck_at, l.struck_by, l.struck_reason,
      l.corrected_by_id, l.replay_session_id, l.simulated,
      case when l.work_order_id is not null then json_build_object('id', l.work_order_id,
        'code', coalesce((select o.code from work_order o where o.id = l.work_order_id), '#' || l.work_order_id)) end
        as work_order,
      case when l.contact_id is not null then json_build_object('id', l.contact_id,
        'name', coalesce((select c.name from contact c where c.id = l.contact_id), '联系人')) end as contact
    from (select l.* from duty_log l ${suffix}) l join platform p on p.id = l.platform_id
    order by l.at desc, l.id desc`.execute(tx);
  return rows;
}

/** One line, held until the transaction ends. Throws `record.not-found`. */
export async function lockLine(tx: Tx, id: number): Promise<LogRow> {
  await sql`select from duty_log where id = ${id} for update`.execute(tx);
  return loadLine(tx, id);
}

export async function loadLine(tx: Tx, id: number): Promise<LogRow> {
  const [row] = await loadLines(tx, sql`where l.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '值班日志', id });
  return row;
}

/** A line of a flood tells how many happenings it stands for. */
export function textOf({ text, count }: Pick<LogRow, 'text' | 'count'>): string {
  return count > 1 ? `${text} 等 ${count} 起` : text;
}

export function showLine(row: LogRow, actor: Actor): LogLine {
  return {
    id: row.id,
    platform: row.platform,
    at: row.at,
    kind: row.kind,
    text: textOf(row),
    count: row.count,
    by: row.by,
    warning: row.warning_id,
    workOrder: row.work_order,
    contact: row.contact,
    outcome: row.outcome,
    forHandover: row.for_handover,
    struck:
      row.struck_at === null
        ? null
        : {
            at: row.struck_at,
            by: row.struck_by ?? '',
            reason: row.struck_reason ?? '',
            correctedBy: row.corrected_by_id,
          },
    replay: row.replay_session_id !== null,
    simulated: row.simulated,
    allowedActions: [...actionsOf(row, actor)],
  };
}

function actionsOf(row: LogRow, actor: Actor): LogLine['allowedActions'] {
  if (row.struck_at !== null) return [];
  const actions: LogLine['allowedActions'] = [];
  const keeps = actor.rights.mayAt('duty.keep', row);
  if (keeps && row.kind !== 'system') actions.push('correct');
  if (keeps) actions.push('mark');
  if (row.kind === 'call' && (keeps || row.by_id === actor.accountId)) actions.push('note-call');
  return actions;
}
