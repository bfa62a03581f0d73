import { AppError } from '#base';
import type { Correction, qualityRoutes } from '#contract/monitoring';
import { announce, audit, cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { dayOf } from '../day-figures.ts';

type Create = z.output<typeof qualityRoutes.createCorrection.body>;
type Page = z.output<typeof qualityRoutes.listCorrections.reply>;

/** A quarter of a year: longer, and it is the device that is to be set right. */
const LONGEST_MS = 92 * 86_400_000;

/** Corrections in the caller's sight, newest first. */
export async function listCorrections(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof qualityRoutes.listCorrections.query> },
): Promise<Page> {
  context.authorize('reading.read');
  const before = readIdCursor(query.after);
  return context.transaction(async (tx) => {
    const ofPoint = query.point === undefined ? sql`true` : sql`p.code = ${query.point}`;
    const rows = await load(
      tx,
      sql`where ${context.reach('c')} and ${ofPoint} and (${before} = 0 or c.id < ${before}) order by c.id desc limit ${query.limit + 1}`,
    );
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: [...page], next };
  });
}

/**
 * Declares a stretch of readings bad, or what they were really (value × scale + shift). What was sent stays as it is. Throws
 * `record.not-found`, `access.denied`, `input.invalid`.
 */
export async function createCorrection(
  context: RequestContext,
  { body }: { readonly body: Create },
): Promise<Correction> {
  context.authorize('device.manage');
  check(body, context.now());
  return context.transaction(async (tx) => {
    const point = await tx
      .selectFrom('point')
      .select(['id', 'place', 'scenarios'])
      .where('code', '=', body.point)
      .executeTakeFirst();
    if (!point) throw new AppError('record.not-found', { what: '监测点', id: body.point });
    const placed = { place: point.place, scenario: point.scenarios[0] ?? 0 };
    context.authorizeRecord('device.manage', placed);
    await checkKept(tx, body.from);
    const { rows } = await sql<{ id: number }>`
      insert into reading_correction (point_id, place, scenario, from_at, to_at, kind, scale, shift, reason, made_by, made_at)
      values (${point.id}, ${placed.place}, ${placed.scenario}, ${new Date(body.from)}, ${new Date(body.to)}, ${body.kind},
        ${body.scale}, ${body.shift}, ${body.reason}, ${context.actor.name}, ${new Date(context.now())})
      returning id`.execute(tx);
    return tell(context, tx, { id: rows[0]?.id ?? 0, point: point.id, verb: 'make', placed });
  });
}

function check({ kind, from, to, scale, shift }: Create, now: number): void {
  const issues = [
    ...(to < from || to - from > LONGEST_MS ? ['时段要从早到晚，最长 92 天'] : []),
    ...(from > now ? ['时段还没有开始'] : []),
    ...(scale === 0 ? ['倍率不能为 0'] : []),
    ...(kind === 'correct' && scale === 1 && shift === 0 ? ['倍率 1、偏移 0 等于没有修正'] : []),
    ...(kind === 'bad' && (scale !== 1 || shift !== 0) ? ['坏数据不写倍率和偏移'] : []),
  ];
  if (issues.length > 0) throw new AppError('input.invalid', { issues: issues.join('；') });
}

/** What is only kept as hours cannot be corrected any more. */
async function checkKept(tx: Tx, from: number): Promise<void> {
  const { rows } = await sql<{
    keptFrom: number;
  }>`select kept_from as "keptFrom" from reading_horizon`.execute(tx);
  const keptFrom = rows[0]?.keptFrom ?? Number.NEGATIVE_INFINITY;
  if (from < keptFrom)
    throw new AppError('input.invalid', {
      issues: `${dayOf(keptFrom)} 以前的原始读数已到保存期限，只留小时上卷，不能再修正；请从这一天起选时段`,
    });
}

/** Takes a correction back: the raw readings hold again. Throws `record.not-found`, `access.denied`, `record.changed`. */
export async function withdrawCorrection(
  context: RequestContext,
  {
    params,
    query,
  }: { readonly params: { readonly id: number }; readonly query: { readonly version: number } },
): Promise<Correction> {
  context.authorize('device.manage');
  return context.transaction(async (tx) => {
    const { rows } = await sql<{
      place: number;
      scenario: number;
      version: number;
      point: number;
      stands: boolean;
    }>`
      select place, scenario, version, point_id as point, withdrawn_at is null as stands from reading_correction
      where id = ${params.id}::bigint for update`.execute(tx);
    const [found] = rows;
    if (!found) throw new AppError('record.not-found', { what: '数据修正', id: String(params.id) });
    const placed = { place: found.place, scenario: found.scenario };
    context.authorizeRecord('device.manage', placed);
    if (found.version !== query.version || !found.stands) throw new AppError('record.changed');
    await sql`update reading_correction set withdrawn_at = ${new Date(context.now())}, withdrawn_by = ${context.actor.name},
      version = version + 1 where id = ${params.id}`.execute(tx);
    return tell(context, tx, { id: params.id, point: found.point, verb: 'withdraw', placed });
  });
}

interface Told {
  readonly id: number;
  readonly point: number;
  readonly verb: string;
  readonly placed: { readonly place: number; readonly scenario: number };
}

async function tell(context: RequestContext, tx: Tx, { id, point, verb, placed }: Told): Promise<Correction> {
  const [made] = await load(tx, sql`where c.id = ${id}`);
  if (!made) throw new AppError('record.not-found', { what: '数据修正', id: String(id) });
  await audit(context, tx, {
    action: `reading-correction.${verb}`,
    subject: `reading-correction/${id}`,
    after: made,
    ...placed,
  });
  await announce(tx, [{ type: 'reading.corrected', at: context.now(), ...placed, payload: { id, point } }]);
  return made;
}

async function load(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly Correction[]> {
  const { rows } = await sql<Correction>`
    select c.id, p.code as point, extract(epoch from c.from_at)::float8 * 1000 as from, extract(epoch from c.to_at)::float8 * 1000 as to,
      c.kind, c.scale, c.shift, c.reason, c.made_by as "madeBy", extract(epoch from c.made_at)::float8 * 1000 as "madeAt",
      c.withdrawn_by as "withdrawnBy", extract(epoch from c.withdrawn_at)::float8 * 1000 as "withdrawnAt", c.version
    from reading_correction c join point p on p.id = c.point_id ${suffix}`.execute(tx);
  return rows;
}
