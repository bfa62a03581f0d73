import type { ServiceWindow } from '#contract/monitoring';
import { SERVICE_REVIEW_MS } from '#model/monitoring';
import { announce, audit, type RequestContext } from '#services/context';
import { AppError } from '#base';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

/** A window of service with where it lies. */
export type WindowRow = Omit<ServiceWindow, 'reviewDue'> & {
  readonly place: number;
  readonly scenario: number;
};

/** Windows of service the caller may see, as `suffix` picks and sorts them; `w` is the window. Moments are epoch ms. */
export async function loadWindows(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly WindowRow[]> {
  const { rows } = await sql<WindowRow>`
    select w.id, w.kind, w.place, w.scenario, coalesce(p.code, d.protocol || '/' || d.code, o.code, '') as subject,
      case when w.point_id is not null then 'point' when w.device_id is not null then 'device' else 'object' end as "subjectKind",
      (select m.name from monitored_object m where m.id = coalesce(w.object_id, p.object_id,
        (select f.object_id from point f where f.device_id = w.device_id order by f.id limit 1))) as "objectName",
      case when w.sign_code is not null then json_build_object('code', w.sign_code, 'name', coalesce(
        (select name from sign where code = w.sign_code order by standard_id desc limit 1), w.sign_code)) end as sign,
      w.from_at as from, w.to_at as to, w.reason, w.owner, w.made_by as "madeBy", w.ended_by as "endedBy", w.ended_why as "endedWhy",
      w.reviewed_by as "reviewedBy", w.reviewed_at as "reviewedAt", w.version,
      (select count(*) from serviced_sign s join alarm a on a.point_id = s.point_id and a.normal_at is null
        join sign g on g.id = a.sign_id and g.code = coalesce(s.sign_code, g.code) where s.window_id = w.id) as standing
    from (select * from service_window w ${suffix}) w
    left join point p on p.id = w.point_id left join device d on d.id = w.device_id left join monitored_object o on o.id = w.object_id
    order by w.id desc`.execute(tx);
  return rows;
}

export function showWindow({ place: _place, scenario: _scenario, ...row }: WindowRow): ServiceWindow {
  const isReviewed = row.kind === 'out-of-service' && row.endedBy === null;
  return { ...row, reviewDue: isReviewed ? (row.reviewedAt ?? row.from) + SERVICE_REVIEW_MS : null };
}

/** Locks a window. Throws `record.not-found`; `record.changed` where it is another version by now, or over at `now` (epoch ms). */
export async function lockWindow(
  context: RequestContext,
  tx: Tx,
  { id, version }: { readonly id: number; readonly version: number },
): Promise<WindowRow> {
  await sql`select from service_window where id = ${id} for update`.execute(tx);
  const [found] = await loadWindows(tx, sql`where w.id = ${id}`);
  if (!found) throw new AppError('record.not-found', { what: '停用或检修', id: String(id) });
  context.authorizeRecord('device.manage', found);
  if (found.version !== version || (found.to !== null && found.to <= context.now()))
    throw new AppError('record.changed');
  return found;
}

/** Audits and announces what a person did to a window, and shows it as it is now. */
export async function tellWindow(
  context: RequestContext,
  tx: Tx,
  {
    id,
    verb,
    before = null,
  }: { readonly id: number; readonly verb: string; readonly before?: WindowRow | null },
): Promise<ServiceWindow> {
  const [row] = await loadWindows(tx, sql`where w.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '停用或检修', id: String(id) });
  const { place, scenario } = row;
  await audit(context, tx, {
    action: `service-window.${verb}`,
    subject: `service-window/${id}`,
    before,
    after: row,
    place,
    scenario,
  });
  await announce(tx, [
    { type: 'service-window.changed', at: context.now(), place, scenario, payload: { id } },
  ]);
  return showWindow(row);
}
