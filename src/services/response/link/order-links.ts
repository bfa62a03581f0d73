import { AppError, momentText } from '#base';
import type { OrderLink, orderLinkRoutes } from '#contract/response';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockOrder } from '../advance-work-order.ts';
import { PARTY_TEXT } from '../order-text.ts';
import { loadOrders, type OrderRow } from '../order-view.ts';
import { CALL_PURPOSE, type LinkRow, loadLinks, showLink } from './link-view.ts';
import { noteHand } from './note-hand.ts';
import { hashOf, makeSecret } from './secret-hash.ts';

const HOUR_MS = 3_600_000;
/** Links of one order that may be open at a time: more is a list of people, who should have accounts. */
const OPEN_MOST = 20;
const SHOWN_MOST = 100;

/** The links of an order, the newest first, and whether the caller may make one. Throws `record.not-found`. */
export async function listOrderLinks(
  context: RequestContext,
  order: number,
): Promise<{ items: OrderLink[]; mayIssue: boolean }> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const [row] = await loadOrders(tx, sql`where o.id = ${order}`);
    if (!row) throw new AppError('record.not-found', { what: '工单', id: order });
    context.authorizeRecord('work-order.read', row);
    const links = await loadLinks(
      tx,
      sql`where work_order_id = ${order} order by id desc limit ${SHOWN_MOST}`,
    );
    return { items: links.map((link) => showLink(link, context.now())), mayIssue: mayIssue(context, row) };
  });
}

/**
 * Makes a link for a hand without an account, by whoever holds the order or dispatches there; its token is in this answer and nowhere
 * else. Whoever is accountable stays so. Throws `record.not-found`, `work-order.not-yours`, `link.faulty`.
 */
export async function issueOrderLink(
  context: RequestContext,
  {
    params,
    body,
  }: {
    readonly params: { readonly id: number };
    readonly body: z.output<typeof orderLinkRoutes.issueOrderLink.body>;
  },
): Promise<{ link: OrderLink; path: string }> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const order = await orderOf(context, tx, params.id);
    await refuseTooMany(tx, order, context.now());
    const at = context.now();
    const token = makeSecret();
    const { id } = await tx
      .insertInto('order_link')
      .values({
        work_order_id: order.id,
        place: order.place,
        scenario: order.scenario,
        token_hash: hashOf(token),
        person: body.person,
        hand_unit: body.handUnit,
        call_sealed: body.callPhone === undefined ? null : context.vault.seal(body.callPhone, CALL_PURPOSE),
        made_at: new Date(at),
        made_by_id: context.actor.accountId,
        made_by: context.actor.name,
        until: new Date(at + body.hours * HOUR_MS),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const link = await linkOf(tx, id);
    const text = `给${body.person}（${body.handUnit}）开一次性链接，${momentText(link.until)} 前有效`;
    await noteHand(tx, order, { kind: 'link-issued', text, by: context.actor.name, at });
    const after = { person: body.person, unit: body.handUnit, until: link.until };
    await record(context, tx, { action: 'order-link.issue', order, link, after });
    return { link: showLink(link, at), path: `/l#${token}` };
  });
}

/** Takes a link back at once. Throws `record.not-found`, `work-order.not-yours`. */
export async function endOrderLink(context: RequestContext, id: number): Promise<OrderLink> {
  context.authorize('work-order.read');
  return context.transaction(async (tx) => {
    const [found] = await loadLinks(tx, sql`where id = ${id}`);
    if (!found) throw new AppError('record.not-found', { what: '一次性链接', id });
    const order = await orderOf(context, tx, found.work_order_id);
    const at = context.now();
    const { numUpdatedRows } = await tx
      .updateTable('order_link')
      .set({ ended_at: new Date(at), ended_by: context.actor.name })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    const link = await linkOf(tx, id);
    if (numUpdatedRows > 0) {
      const text = `收回给${link.person}（${link.hand_unit}）的一次性链接`;
      await noteHand(tx, order, { kind: 'link-ended', text, by: context.actor.name, at });
      await record(context, tx, { action: 'order-link.end', order, link });
    }
    return showLink(link, at);
  });
}

async function orderOf(context: RequestContext, tx: Tx, id: number): Promise<OrderRow> {
  const order = await lockOrder(tx, id);
  context.authorizeRecord('work-order.read', order);
  if (!mayIssue(context, order))
    throw new AppError('work-order.not-yours', { holder: order.handler_name ?? PARTY_TEXT.dispatcher });
  return order;
}

/** Whoever is accountable for it (or acts for him), and whoever dispatches there, while it is open. */
function mayIssue({ actor }: RequestContext, order: OrderRow): boolean {
  if (order.state === 'closed') return false;
  const isHolder =
    order.handler_id !== null &&
    (order.handler_id === actor.accountId || actor.rights.principals.includes(order.handler_id));
  return isHolder || actor.rights.mayAt('work-order.dispatch', order);
}

async function refuseTooMany(tx: Tx, order: OrderRow, now: number): Promise<void> {
  const { rows: open } = await sql`select from order_link
    where work_order_id = ${order.id} and ended_at is null and until > ${new Date(now)} limit ${OPEN_MOST}`.execute(
    tx,
  );
  if (open.length >= OPEN_MOST)
    throw new AppError('link.faulty', { why: `这张工单已有 ${OPEN_MOST} 个有效链接，请先收回不用的` });
}

async function linkOf(tx: Tx, id: number): Promise<LinkRow> {
  const [link] = await loadLinks(tx, sql`where id = ${id}`);
  if (!link) throw new AppError('record.not-found', { what: '一次性链接', id });
  return link;
}

async function record(
  context: RequestContext,
  tx: Tx,
  {
    action,
    order,
    link,
    after,
  }: { readonly action: string; readonly order: OrderRow; readonly link: LinkRow; readonly after?: object },
): Promise<void> {
  await audit(context, tx, {
    action,
    subject: `work-order/${order.code}`,
    place: order.place,
    scenario: order.scenario,
    after: { link: link.id, ...after },
  });
}
