import { AppError, toBeijing } from '#base';
import type { commandRoutes, DeskTold, DutyDesk } from '#contract/command';
import type { RequestContext } from '#services/context';
import type { AsOf, Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lookedAt } from './look.ts';

/** What the desk asks of the other rooms, each within what its own capability reaches. */
export interface DeskParts {
  warnings(context: RequestContext, at: AsOf): Promise<DutyDesk['warnings']>;
  orders(context: RequestContext, at: AsOf): Promise<NonNullable<DutyDesk['orders']>>;
  sources(context: RequestContext, at: AsOf): Promise<NonNullable<DutyDesk['sources']>>;
  held(context: RequestContext, at: AsOf): Promise<DutyDesk['held']>;
  warningsSince(context: RequestContext, since: number): Promise<WarningsSince>;
  overdueSince(context: RequestContext, since: number): Promise<DeskTold>;
  quietSince(context: RequestContext, since: number): Promise<DeskTold>;
}

type WarningsSince = Record<'raised' | 'upgraded' | 'normal', DeskTold>;

/** What happened longer ago than a day is the month's business, not that of whoever comes on duty. */
const SINCE_AT_MOST_MS = 24 * 3_600_000;
const NOTHING: DeskTold = { count: 0, items: [] };

/**
 * The whole desk (值守台) in one answer; with `at`, as it stood at that moment by what was written down by then. Throws
 * `input.invalid` for a moment to come or before the past begins.
 */
export async function getDutyDesk(
  context: RequestContext,
  { query }: { readonly query: z.output<typeof commandRoutes.getDutyDesk.query> },
  parts: DeskParts,
): Promise<DutyDesk> {
  context.authorize('warning.read');
  const now = context.now();
  const at = query.at ?? null;
  const { beginsAt, look } = await context.transaction(async (tx) => ({
    beginsAt: await beginning(tx),
    look: at === null ? await lookedAt(context, tx) : null,
  }));
  refuseNoPast(at, { now, beginsAt });
  const { rights } = context.actor;
  return {
    at: at ?? now,
    past: at !== null,
    beginsAt,
    warnings: await parts.warnings(context, at),
    orders: rights.has('work-order.read') ? await parts.orders(context, at) : null,
    sources: rights.has('fault.read') ? await parts.sources(context, at) : null,
    held: await parts.held(context, at),
    look: { at: look, since: look === null ? null : await since(context, look, parts) },
  };
}

async function beginning(tx: Tx): Promise<number> {
  const { rows } = await sql<{ at: number }>`select begins_at as at from time_machine`.execute(tx);
  return rows[0]?.at ?? 0;
}

function refuseNoPast(
  at: AsOf,
  { now, beginsAt }: { readonly now: number; readonly beginsAt: number },
): void {
  if (at === null || (at >= beginsAt && at <= now)) return;
  throw new AppError('desk.no-past', { from: minuteText(beginsAt), to: minuteText(now) });
}

function minuteText(at: number): string {
  const { year, month, day, msOfDay } = toBeijing(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const minutes = Math.floor(msOfDay / 60_000);
  return `${year}-${two(month)}-${two(day)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

async function since(
  context: RequestContext,
  look: number,
  parts: DeskParts,
): Promise<NonNullable<DutyDesk['look']['since']>> {
  const from = Math.max(look, context.now() - SINCE_AT_MOST_MS);
  const { rights } = context.actor;
  return {
    ...(await parts.warningsSince(context, from)),
    overdue: rights.has('work-order.read') ? await parts.overdueSince(context, from) : NOTHING,
    quiet: rights.has('fault.read') ? await parts.quietSince(context, from) : NOTHING,
  };
}
