import { AppError } from '#base';
import type { qualityRoutes, ServiceWindow } from '#contract/monitoring';
import { announce, audit, cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

type Create = z.output<typeof qualityRoutes.createServiceWindow.body>;
type Page = z.output<typeof qualityRoutes.listServiceWindows.reply>;

const LONGEST_MS = 7 * 86_400_000;

/** Windows of service in the caller's sight, newest first. */
export async function listServiceWindows(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof qualityRoutes.listServiceWindows.query> },
): Promise<Page> {
  context.authorize('reading.read');
  const before = readIdCursor(query.after);
  return context.transaction(async (tx) => {
    const rows = await load(
      tx,
      sql`where ${context.reach('w')} and (${before} = 0 or w.id < ${before}) order by w.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

/**
 * Announces that a device or a point is being serviced or calibrated from then to then: what it sends meanwhile is marked, feeds no
 * sign and is not expected. It ends by itself, after a week at the latest. Throws `record.not-found`, `access.denied`, `input.invalid`.
 */
export async function createServiceWindow(
  context: RequestContext,
  { body }: { readonly body: Create },
): Promise<ServiceWindow> {
  context.authorize('device.manage');
  const now = context.now();
  if (body.to <= body.from || body.to - body.from > LONGEST_MS || body.to <= now)
    throw new AppError('input.invalid', { issues: '窗口要从早到晚、还没有结束，最长 7 天' });
  return context.transaction(async (tx) => {
    const subject = await subjectOf(tx, body);
    const placed = { place: subject.place, scenario: subject.scenario };
    context.authorizeRecord('device.manage', placed);
    const { rows } = await sql<{ id: number }>`
      insert into service_window (kind, device_id, point_id, place, scenario, from_at, to_at, reason, made_by, made_at)
      values (${body.kind}, ${subject.device}, ${subject.point}, ${placed.place}, ${placed.scenario}, ${new Date(body.from)},
        ${new Date(body.to)}, ${body.reason}, ${context.actor.name}, ${new Date(now)}) returning id`.execute(
      tx,
    );
    return tell(context, tx, { id: rows[0]?.id ?? 0, verb: 'open', placed });
  });
}

interface Subject {
  readonly device: number | null;
  readonly point: number | null;
  readonly place: number;
  readonly scenario: number;
}

/** A device lies where its first point lies. */
async function subjectOf(tx: Tx, { device, point }: Create): Promise<Subject> {
  const { rows } = await sql<Subject>`
    select null::int as device, p.id as point, p.place, p.scenarios[1] as scenario from point p where p.code = ${point ?? null}::text
    union all
    (select d.id, null, p.place, p.scenarios[1] from device d join point p on p.device_id = d.id
      where d.protocol || '/' || d.code = ${device ?? null}::text order by p.id limit 1)`.execute(tx);
  const [found] = rows;
  if (found) return found;
  throw new AppError('record.not-found', {
    what: device === undefined ? '监测点' : '设备',
    id: device ?? point ?? '',
  });
}

/** Ends a window before its time. Throws `record.not-found`, `access.denied`, `record.changed`. */
export async function endServiceWindow(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: { readonly version: number } },
): Promise<ServiceWindow> {
  context.authorize('device.manage');
  const now = new Date(context.now());
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ place: number; scenario: number; version: number; runs: boolean }>`
      select place, scenario, version, to_at > ${now} as runs from service_window where id = ${params.id}::bigint for update`.execute(
      tx,
    );
    const [found] = rows;
    if (!found) throw new AppError('record.not-found', { what: '检修标定窗口', id: String(params.id) });
    const placed = { place: found.place, scenario: found.scenario };
    context.authorizeRecord('device.manage', placed);
    if (found.version !== body.version || !found.runs) throw new AppError('record.changed');
    // One that has not begun yet is left with a moment, for a window has a length.
    await sql`update service_window set to_at = greatest(${now}, from_at + interval '1 ms'), ended_by = ${context.actor.name},
      version = version + 1 where id = ${params.id}`.execute(tx);
    return tell(context, tx, { id: params.id, verb: 'end', placed });
  });
}

interface Told {
  readonly id: number;
  readonly verb: string;
  readonly placed: { readonly place: number; readonly scenario: number };
}

async function tell(context: RequestContext, tx: Tx, { id, verb, placed }: Told): Promise<ServiceWindow> {
  const [made] = await load(tx, sql`where w.id = ${id}`);
  if (!made) throw new AppError('record.not-found', { what: '检修标定窗口', id: String(id) });
  await audit(context, tx, {
    action: `service-window.${verb}`,
    subject: `service-window/${id}`,
    after: made,
    ...placed,
  });
  await announce(tx, [{ type: 'service-window.changed', at: context.now(), ...placed, payload: { id } }]);
  return made;
}

async function load(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly ServiceWindow[]> {
  const { rows } = await sql<ServiceWindow>`
    select w.id, w.kind, coalesce(p.code, d.protocol || '/' || d.code, '') as subject,
      case when w.point_id is null then 'device' else 'point' end as "subjectKind",
      extract(epoch from w.from_at)::float8 * 1000 as from, extract(epoch from w.to_at)::float8 * 1000 as to,
      w.reason, w.made_by as "madeBy", w.ended_by as "endedBy", w.version
    from service_window w left join point p on p.id = w.point_id left join device d on d.id = w.device_id ${suffix}`.execute(
    tx,
  );
  return rows;
}
