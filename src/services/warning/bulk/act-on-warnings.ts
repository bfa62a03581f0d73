import { AppError } from '#base';
import { BULK_MOST, type bulkRoutes, type BulkOutcome } from '#contract/warning';
import { WARNING_STATE_TEXT, type WarningState } from '#model/warning';
import { announce, auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { onCard } from '../cards/card-key.ts';
import { type ActedOn, keepChanges } from '../life/keep-changes.ts';
import { noteAcknowledged } from '../life/note-acknowledged.ts';

type Body = z.output<typeof bulkRoutes.actOnWarnings.body>;
type Reply = z.output<typeof bulkRoutes.actOnWarnings.reply>;

interface Found extends ActedOn {
  readonly state: WarningState;
  readonly acknowledged_by: string | null;
}

const OUTSIDE = '没有这条预警，或它不在您的管辖范围内';

/**
 * Acknowledges or annotates many warnings in one transaction and a few statements. Each is judged by itself: one that lies outside,
 * is over, or was acknowledged before is left and said so. Sent again it does nothing the second time. Throws `warning.too-many`,
 * `input.invalid`.
 */
export async function actOnWarnings(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<Reply> {
  context.authorize('warning.acknowledge');
  if (body.action === 'note' && !body.reason) {
    throw new AppError('input.invalid', { issues: '备注须写明内容' });
  }
  return context.transaction(async (tx) => {
    const found = await lockTarget(tx, body.target);
    const acted = found.filter((one) => refusalOf(context, body, one) === null);
    const done =
      body.action === 'acknowledge'
        ? await acknowledge(context, tx, { body, acted })
        : await note(context, tx, { body, acted });
    const items = outcomes(body, found, (one) =>
      done.has(one.id) ? null : (refusalOf(context, body, one) ?? '这条备注已经写过'),
    );
    return { done: done.size, skipped: items.length - done.size, items };
  });
}

/** In the order of their ids, as whoever follows alarms locks them, so that neither waits for the other in a circle. */
async function lockTarget(tx: Tx, target: Body['target']): Promise<readonly Found[]> {
  const where = 'ids' in target ? sql`w.id = any(${distinct(target.ids)}::bigint[])` : asSeen(target);
  const { rows } = await sql<Found>`
    select w.id, w.place, w.scenario, w.level, w.state, w.acknowledged_by from warning w
    where ${where} order by w.id limit ${BULK_MOST + 1} for no key update`.execute(tx);
  if (rows.length > BULK_MOST) refuse(`${BULK_MOST} 条以上`);
  return rows;
}

function asSeen(card: Extract<Body['target'], { card: string }>): RawBuilder<unknown> {
  return sql`${onCard(card.card)} and w.id <= ${card.newest}
    and w.changed_at < ${new Date(card.changedAt + 1)}`;
}

function distinct(ids: readonly number[]): readonly number[] {
  const found = [...new Set(ids)];
  if (found.length > BULK_MOST) refuse(`${found.length} 条`);
  return found;
}

function refuse(count: string): never {
  throw new AppError('warning.too-many', { count, limit: BULK_MOST });
}

/** Why an action cannot be done to a warning; null where it can. */
function refusalOf(context: RequestContext, { action }: Body, one: Found): string | null {
  if (!context.actor.rights.mayAt('warning.acknowledge', one)) return OUTSIDE;
  if (action === 'note') return null;
  if (one.acknowledged_by !== null) return `已由${one.acknowledged_by}签收`;
  // One that has returned unacknowledged is still to be acknowledged (ISA-18.2).
  return one.state === 'closed' ? `预警${WARNING_STATE_TEXT[one.state]}` : null;
}

interface Act {
  readonly body: Body;
  readonly acted: readonly Found[];
}

async function acknowledge(
  context: RequestContext,
  tx: Tx,
  { body, acted }: Act,
): Promise<ReadonlySet<number>> {
  const text = await noteAcknowledged(context, tx, { acted, reason: body.reason });
  await tell(context, tx, { acted, action: 'acknowledge', reason: body.reason ?? null, text });
  return new Set(acted.map(({ id }) => id));
}

async function note(context: RequestContext, tx: Tx, { body, acted }: Act): Promise<ReadonlySet<number>> {
  const text = `${context.actor.name}：${body.reason ?? ''}`;
  const key = `${context.actor.accountId}:${body.key}`;
  const written = await keepChanges(context, tx, { acted, change: 'noted', text, key });
  const fresh = acted.filter(({ id }) => written.has(id));
  await tell(context, tx, { acted: fresh, action: 'note', reason: body.reason ?? null, text });
  return written;
}

interface Told {
  readonly acted: readonly Found[];
  readonly action: Body['action'];
  readonly reason: string | null;
  readonly text: string;
}

/** Row by row into the audit and the stream, as if each had been done by itself. */
async function tell(context: RequestContext, tx: Tx, { acted, action, reason, text }: Told): Promise<void> {
  const at = context.now();
  await auditAll(
    context,
    tx,
    acted.map(({ id, place, scenario }) => ({
      action: `warning.${action}`,
      subject: `warning/${id}`,
      after: { reason, bulk: true },
      place,
      scenario,
    })),
  );
  const type = action === 'acknowledge' ? 'warning.acknowledged' : 'warning.noted';
  await announce(
    tx,
    acted.map(({ id, place, scenario }) => ({ type, at, place, scenario, payload: { id, text } })),
  );
}

/** One line for each that was asked for; those that were not found are not told from those that lie outside. */
function outcomes(
  { target }: Body,
  found: readonly Found[],
  reasonOf: (one: Found) => string | null,
): BulkOutcome[] {
  const byId = new Map(found.map((one) => [one.id, one]));
  const asked = 'ids' in target ? distinct(target.ids) : [...byId.keys()];
  return asked.map((id) => {
    const one = byId.get(id);
    const reason = one ? reasonOf(one) : OUTSIDE;
    return { id, done: reason === null, reason };
  });
}
