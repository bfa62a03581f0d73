import { AppError } from '#base';
import type { Supervision, SupervisionDetail } from '#contract/response';
import type { Placed } from '#model/platform';
import {
  SUPERVISION_KIND_TEXT,
  type SupervisionKind,
  WORK_ORDER_STATE_TEXT,
  type WorkOrderState,
} from '#model/response';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** A 督办 with the names a page needs. Moments are epoch ms. */
export interface SupervisionRow extends Placed {
  readonly id: number;
  readonly code: string;
  readonly kind: SupervisionKind;
  readonly place: number;
  readonly platform: Supervision['platform'];
  readonly asked: string;
  readonly issued_by_id: number;
  readonly issued_by: string;
  readonly issued_at: number;
  readonly answer_by: number;
  readonly state: Supervision['state'];
  readonly answer: string | null;
  readonly answered_at: number | null;
  readonly answered_by: string | null;
  readonly overdue_at: number | null;
  readonly extended: number;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
  readonly step: number;
  readonly version: number;
  readonly incident: Supervision['incident'];
  readonly orders: readonly {
    readonly id: number;
    readonly code: string;
    readonly object: string;
    readonly state: WorkOrderState;
  }[];
}

/** Which of the two it is; `s` is the supervision. */
export const KIND = sql<SupervisionKind>`case when s.sample_id is null then 'supervision' else 'rectification' end`;

/** Those the caller may see (row-level security), as `suffix` picks them; the newest first. */
export async function loadSupervisions(
  tx: Tx,
  suffix: RawBuilder<unknown>,
): Promise<readonly SupervisionRow[]> {
  const { rows } = await sql<SupervisionRow>`
    select s.id, s.code, ${KIND} as kind, s.place, s.scenario, s.asked, s.issued_by_id, s.issued_by, s.issued_at, s.answer_by, s.state, s.answer,
      s.answered_at, s.answered_by, s.overdue_at, s.extended, s.closed_at, s.closed_by, s.step, s.version,
      (select json_build_object('code', p.code, 'name', p.name) from platform p where p.id = s.platform_id) as platform,
      (select json_build_object('id', i.id, 'code', i.code, 'title', i.title) from incident i where i.id = s.incident_id) as incident,
      coalesce((select json_agg(json_build_object('id', o.id, 'code', o.code, 'object', m.name, 'state', o.state) order by o.id)
        from supervision_order so join work_order o on o.id = so.work_order_id join monitored_object m on m.id = o.object_id
        where so.supervision_id = s.id), '[]') as orders
    from (select * from supervision s ${suffix}) s order by s.issued_at desc, s.id desc`.execute(tx);
  return rows;
}

export function showSupervision(context: RequestContext, row: SupervisionRow): Supervision {
  const { rights } = context.actor;
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    kindText: SUPERVISION_KIND_TEXT[row.kind],
    platform: row.platform,
    asked: row.asked,
    issuedBy: row.issued_by,
    issuedAt: row.issued_at,
    answerBy: row.answer_by,
    state: row.state,
    overdue: row.overdue_at !== null || (row.state === 'open' && row.answer_by < context.now()),
    extended: row.extended,
    answer: row.answer,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at,
    closedBy: row.closed_by,
    closedAt: row.closed_at,
    orders: row.orders.map(({ state, ...order }) => ({ ...order, stateText: WORK_ORDER_STATE_TEXT[state] })),
    incident: row.incident,
    mayAnswer: row.state === 'open' && rights.mayAt('supervision.answer', row),
    mayDirect: row.state !== 'closed' && rights.mayAt('supervision.issue', row),
    version: row.version,
  };
}

/** One with its lines. Throws `record.not-found` also for what the caller may not see. */
export async function loadSupervision(
  context: RequestContext,
  tx: Tx,
  id: number,
): Promise<SupervisionDetail> {
  const [row] = await loadSupervisions(tx, sql`where s.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '督办', id });
  context.authorizeRecord('work-order.read', row);
  const { rows: entries } = await sql<SupervisionDetail['entries'][number]>`
    select at, by, kind, text from supervision_entry where supervision_id = ${id} order by id`.execute(tx);
  return { ...showSupervision(context, row), entries: [...entries] };
}
