import { AppError } from '#base';
import { BULK_MOST, type bulkRoutes, type BulkOutcome } from '#contract/warning';
import type { Capability } from '#model/platform';
import { LEVEL_TEXT, rankOf, WARNING_STATE_TEXT, type WarningState } from '#model/warning';
import { announce, auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';

import { onCard } from '../cards/card-key.ts';
import { keepChanges } from '../life/keep-changes.ts';
import { markJudged } from '../life/mark-judged.ts';
import { noteAcknowledged } from '../life/note-acknowledged.ts';
import type { Act, FoundWarning } from './found-warning.ts';
import { shelve } from './shelve-many.ts';

type Body = z.output<typeof bulkRoutes.actOnWarnings.body>;
type Plain = Extract<Body, { action: 'acknowledge' | 'note' }>;
type Reply = z.output<typeof bulkRoutes.actOnWarnings.reply>;

const OUTSIDE = '没有这条预警，或它不在您的管辖范围内';

/** How one kind of act is done, and of what it cannot be. */
interface ActRule<Asked extends Body> {
  readonly needs: Capability;
  /** Why it cannot be done to a warning; null where it can. */
  readonly refusalOf: (one: FoundWarning, body: Asked) => string | null;
  /** Gives the ids of those it was done to. */
  readonly act: (context: RequestContext, tx: Tx, asked: Act<Asked>) => Promise<ReadonlySet<number>>;
  /** Said of those that turned out to be done already. */
  readonly already: string;
}

type Rules = { readonly [Action in Body['action']]: ActRule<Extract<Body, { action: Action }>> };

const RULES: Rules = {
  acknowledge: {
    needs: 'warning.acknowledge',
    refusalOf: ({ acknowledged_by, state }) => {
      if (acknowledged_by !== null) return `已由${acknowledged_by}签收`;
      // One that has returned unacknowledged is still to be acknowledged (ISA-18.2).
      return state === 'closed' ? over(state) : null;
    },
    act: acknowledge,
    already: '已签收',
  },
  note: { needs: 'warning.acknowledge', refusalOf: () => null, act: note, already: '这条备注已经写过' },
  shelve: {
    needs: 'warning.shelve',
    refusalOf: ({ state, level }, { level: upTo }) => {
      if (state !== 'open') return over(state);
      return level > rankOf(upTo) ? `等级高于${LEVEL_TEXT[upTo]}，没有搁置` : null;
    },
    act: shelve,
    already: '已有搁置',
  },
  judge: {
    needs: 'warning.decide',
    refusalOf: ({ state, false_alarm }) => {
      if (false_alarm !== null) return '已判定误报';
      return state === 'closed' ? over(state) : null;
    },
    act: async (context, tx, { body, acted }) => {
      await markJudged(context, tx, acted, { reason: body.falseAlarm, note: body.reason });
      return new Set(acted.map(({ id }) => id));
    },
    already: '已判定误报',
  },
};

const over = (state: WarningState): string => `预警${WARNING_STATE_TEXT[state]}`;

/** The rule of a body's own action: the table above keeps the two together. */
function ruleOf(body: Body): ActRule<Body> {
  return RULES[body.action] as ActRule<Body>;
}

/**
 * Acknowledges, annotates, shelves or judges many warnings in one transaction and a few statements. Each is judged by itself: one that
 * lies outside, is over, or was done before is left and said so. Sent again it does nothing the second time. Throws
 * `warning.too-many`, `input.invalid`, `shelf.too-long`.
 */
export async function actOnWarnings(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<Reply> {
  const { needs, refusalOf, act, already } = ruleOf(body);
  context.authorize(needs);
  checkWords(body);
  const why = (one: FoundWarning): string | null =>
    context.actor.rights.mayAt(needs, one) ? refusalOf(one, body) : OUTSIDE;
  return context.transaction(async (tx) => {
    const found = await lockTarget(tx, body.target);
    const done = await act(context, tx, { body, acted: found.filter((one) => why(one) === null) });
    const items = outcomes(body, found, (one) => (done.has(one.id) ? null : (why(one) ?? already)));
    return { done: done.size, skipped: items.length - done.size, items };
  });
}

function checkWords({ action, reason, ...rest }: Body): void {
  const isOther = 'falseAlarm' in rest && rest.falseAlarm === 'other';
  if (action === 'note' && !reason) throw new AppError('input.invalid', { issues: '备注须写明内容' });
  if (isOther && !reason) throw new AppError('input.invalid', { issues: '其他原因的误报须写明说明' });
}

/** In the order of their ids, as whoever follows alarms locks them, so that neither waits for the other in a circle. */
async function lockTarget(tx: Tx, target: Body['target']): Promise<readonly FoundWarning[]> {
  const where = 'ids' in target ? sql`w.id = any(${distinct(target.ids)}::bigint[])` : asSeen(target);
  const { rows } = await sql<FoundWarning>`
    select w.id, w.object_id as object, w.item_code as item, w.place, w.scenario, w.level, w.state, w.acknowledged_by, w.false_alarm
    from warning w
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

async function acknowledge(
  context: RequestContext,
  tx: Tx,
  { body, acted }: Act<Plain>,
): Promise<ReadonlySet<number>> {
  const text = await noteAcknowledged(context, tx, { acted, reason: body.reason });
  await tell(context, tx, { acted, action: 'acknowledge', reason: body.reason ?? null, text });
  return new Set(acted.map(({ id }) => id));
}

async function note(
  context: RequestContext,
  tx: Tx,
  { body, acted }: Act<Plain>,
): Promise<ReadonlySet<number>> {
  const text = `${context.actor.name}：${body.reason ?? ''}`;
  const key = `${context.actor.accountId}:${body.key}`;
  const written = await keepChanges(context, tx, { acted, change: 'noted', text, key });
  const fresh = acted.filter(({ id }) => written.has(id));
  await tell(context, tx, { acted: fresh, action: 'note', reason: body.reason ?? null, text });
  return written;
}

interface Told {
  readonly acted: readonly FoundWarning[];
  readonly action: Plain['action'];
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
  found: readonly FoundWarning[],
  reasonOf: (one: FoundWarning) => string | null,
): BulkOutcome[] {
  const byId = new Map(found.map((one) => [one.id, one]));
  const asked = 'ids' in target ? distinct(target.ids) : [...byId.keys()];
  return asked.map((id) => {
    const one = byId.get(id);
    const reason = one ? reasonOf(one) : OUTSIDE;
    return { id, done: reason === null, reason };
  });
}
