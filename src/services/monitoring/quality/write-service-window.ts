import { AppError } from '#base';
import type { ServiceWindow, serviceWindowRoutes } from '#contract/monitoring';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadWindows, lockWindow, showWindow, tellWindow } from './service-window-view.ts';

type List = typeof serviceWindowRoutes.listServiceWindows;
type Create = z.output<typeof serviceWindowRoutes.createServiceWindow.body>;
type End = z.output<typeof serviceWindowRoutes.endServiceWindow.body>;
type Review = z.output<typeof serviceWindowRoutes.reviewServiceWindow.body>;

const LONGEST_MS = 7 * 86_400_000;

/** Windows of service in the caller's sight, newest first. */
export async function listServiceWindows(
  context: RequestContext,
  { query }: { readonly query: z.output<List['query']> },
): Promise<z.output<List['reply']>> {
  context.authorize('reading.read');
  const before = readIdCursor(query.after);
  const conditions = [context.reach('w')];
  if (before !== 0) conditions.push(sql`w.id < ${before}`);
  if (query.kind !== undefined) conditions.push(sql`w.kind = ${query.kind}`);
  if (query.running === true) conditions.push(sql`(w.to_at is null or w.to_at > ${new Date(context.now())})`);
  return context.transaction(async (tx) => {
    const rows = await loadWindows(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by w.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: page.map(showWindow), next };
  });
}

/** What is wrong with a window, in a sentence. */
function faultOf({ kind, device, sign, from, to, owner }: Create, now: number): string | undefined {
  if (to !== undefined && (to <= from || to <= now)) return '时段要从早到晚、还没有结束';
  if (kind === 'out-of-service') {
    if (owner === undefined) return '停用须写明由谁负责';
    return sign !== undefined && device !== undefined
      ? '停用一个体征时，须写在哪个监测点或监测对象'
      : undefined;
  }
  if (to === undefined || to - from > LONGEST_MS)
    return '检修和标定要写明结束时间，最长 7 天；更长的请登记停用';
  return sign === undefined ? undefined : '只有停用可以单独针对一个体征';
}

/**
 * 停用, 检修, 标定: what is named is not listened to from then on. Readings are marked, feed no sign and are not expected; alarms that
 * stand there are held. It ends by itself. Throws `record.not-found`, `access.denied`, `input.invalid`.
 */
export async function createServiceWindow(
  context: RequestContext,
  { body }: { readonly body: Create },
): Promise<ServiceWindow> {
  context.authorize('device.manage');
  const now = context.now();
  const fault = faultOf(body, now);
  if (fault !== undefined) throw new AppError('input.invalid', { issues: fault });
  return context.transaction(async (tx) => {
    const { place, scenario, ...subject } = await subjectOf(tx, body);
    context.authorizeRecord('device.manage', { place, scenario });
    const made = await tx
      .insertInto('service_window')
      .values({
        ...subject,
        kind: body.kind,
        sign_code: body.sign ?? null,
        place,
        scenario,
        from_at: new Date(body.from),
        to_at: body.to === undefined ? null : new Date(body.to),
        reason: body.reason,
        owner: body.owner ?? null,
        made_by: context.actor.name,
        made_at: new Date(now),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return tellWindow(context, tx, { id: made.id, verb: 'open' });
  });
}

interface Subject {
  readonly device_id: number | null;
  readonly point_id: number | null;
  readonly object_id: number | null;
  readonly place: number;
  readonly scenario: number;
}

/** A device lies where its first point lies. */
async function subjectOf(tx: Tx, { device, point, object, sign }: Create): Promise<Subject> {
  const { rows } = await sql<Subject & { readonly known: boolean }>`
    select s.*, ${sign ?? null}::text is null or exists (select from sign g where g.code = ${sign ?? null}::text) as known from (
      select null::int as device_id, p.id as point_id, null::int as object_id, p.place, p.scenarios[1] as scenario
      from point p where p.code = ${point ?? null}::text
      union all
      (select d.id, null, null, p.place, p.scenarios[1] from device d join point p on p.device_id = d.id
        where d.protocol || '/' || d.code = ${device ?? null}::text order by p.id limit 1)
      union all
      select null, null, o.id, o.place, o.scenarios[1] from monitored_object o where o.code = ${object ?? null}::text and o.retired_at is null
    ) s`.execute(tx);
  const [found] = rows;
  if (!found) throw missing({ 设备: device, 监测点: point, 监测对象: object });
  const { known, ...subject } = found;
  if (!known) throw missing({ 预警体征: sign });
  return subject;
}

/** That of them that was asked for is not there. */
function missing(asked: Readonly<Record<string, string | undefined>>): AppError {
  const [what, id = ''] = Object.entries(asked).find(([, code]) => code !== undefined) ?? ['监测对象'];
  return new AppError('record.not-found', { what, id });
}

/**
 * Ends a window before its time; `standing` of the answer is what comes back. Throws `record.not-found`, `access.denied`,
 * `record.changed`.
 */
export async function endServiceWindow(
  context: RequestContext,
  { params: { id }, body }: { readonly params: { readonly id: number }; readonly body: End },
): Promise<ServiceWindow> {
  context.authorize('device.manage');
  return context.transaction(async (tx) => {
    const before = await lockWindow(context, tx, { id, version: body.version });
    // One that has not begun yet is left with a moment, for a window has a length.
    await sql`update service_window set to_at = greatest(${new Date(context.now())}, from_at + interval '1 ms'),
      ended_by = ${context.actor.name}, ended_why = ${body.reason ?? null}, version = version + 1 where id = ${id}`.execute(
      tx,
    );
    return tellWindow(context, tx, { id, verb: 'end', before });
  });
}

/** Somebody has looked: it has to stay out of service for another week. Throws as ending does, and `input.invalid`. */
export async function reviewServiceWindow(
  context: RequestContext,
  { params: { id }, body }: { readonly params: { readonly id: number }; readonly body: Review },
): Promise<ServiceWindow> {
  context.authorize('device.manage');
  return context.transaction(async (tx) => {
    const before = await lockWindow(context, tx, { id, version: body.version });
    if (before.kind !== 'out-of-service')
      throw new AppError('input.invalid', { issues: '只有停用须要复核；检修和标定最长七天，到时自行结束' });
    await sql`update service_window set reviewed_by = ${context.actor.name}, reviewed_at = ${new Date(context.now())},
      reason = ${body.reason}, version = version + 1 where id = ${id}`.execute(tx);
    return tellWindow(context, tx, { id, verb: 'review', before });
  });
}
