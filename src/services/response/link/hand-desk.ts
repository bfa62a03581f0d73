import { createHash } from 'node:crypto';

import { AppError, momentText } from '#base';
import type { HandOrder, orderLinkRoutes } from '#contract/response';
import { auditVisitor, type SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockOrder } from '../advance-work-order.ts';
import { savePhoto } from '../attach-photo.ts';
import type { OrderRow } from '../order-view.ts';
import { cleanPhoto } from '../photo/clean-photo.ts';
import { adoptAttachments } from '../save-advance.ts';
import { showHandOrder } from './hand-view.ts';
import { handText, type LinkRow, loadLinks } from './link-view.ts';
import { noteHand } from './note-hand.ts';
import { hashOf, makeSecret } from './secret-hash.ts';
import { WrongLinks } from './wrong-links.ts';

type Act = z.output<typeof orderLinkRoutes.actByLink.body>;

const ACT_TEXT: Readonly<Record<Act['action'], string>> = {
  arrive: '到场',
  'feed-back': '现场反馈',
  done: '报已完成，待责任人确认',
  cannot: '报办不了',
};
const OUTCOME_TEXT = { done: '已完成', cannot: '办不了' } as const;
/** Pictures of one link: enough for a long job, too few to fill a disk. */
const PHOTOS_MOST = 60;

/** Whoever comes by a link: the secret of its browser, and from where. */
export interface Visitor {
  /** The cookie's; undefined where it brought none. */
  readonly browser: string | undefined;
  readonly address: string;
}

/**
 * What hands without an account do by their links (decision 0040). A link reaches its one order and nothing else; what it does is told in
 * the order's timeline under its own name, and moves nothing: whoever is accountable stays so, and goes on from there.
 */
export class HandDesk {
  readonly #system: SystemContext;
  readonly #wrong = new WrongLinks();

  constructor(system: SystemContext) {
    this.#system = system;
  }

  /**
   * Opens a link: the first browser that does is its only one; `browser` is to be kept in its cookie. Throws `link.refused`,
   * `link.ended`, `link.elsewhere`, `link.locked`.
   */
  async open(
    token: string,
    visitor: Visitor,
  ): Promise<{ readonly order: HandOrder; readonly browser: string }> {
    const now = this.#system.now();
    this.#wrong.admit(visitor.address, now);
    const browser = visitor.browser ?? makeSecret();
    const order = await this.#system.transaction(async (tx) => {
      const [found] = await loadLinks(tx, sql`where token_hash = ${hashOf(token)}`);
      if (!found) return undefined;
      const { link, order } = await hold(tx, found, now);
      const hash = hashOf(browser);
      if (link.browser_hash === null)
        await this.#bind(tx, { link, order }, { hash, now, address: visitor.address });
      else if (!link.browser_hash.equals(hash)) throw new AppError('link.elsewhere');
      return this.#show(tx, link.id, order);
    });
    if (order) return { order, browser };
    this.#wrong.note(visitor.address, now);
    throw new AppError('link.refused');
  }

  /** Tells what a hand did. The same key is told once. Throws as {@link open}, `link.illegal-action`, `input.invalid` (foreign picture). */
  async act(id: number, act: Act, visitor: Visitor): Promise<HandOrder> {
    const now = this.#system.now();
    return this.#byBrowser(id, visitor, async (tx, { link, order }) => {
      const key = `link:${id}:${act.key}`;
      if (await isTold(tx, order.id, key)) return this.#show(tx, id, order);
      if (link.outcome !== null && act.action !== 'feed-back')
        throw new AppError('link.illegal-action', {
          outcome: OUTCOME_TEXT[link.outcome],
          action: ACT_TEXT[act.action].replace(/，.*/u, ''),
        });
      const kind = `link-${act.action}`;
      const { note, location } = act;
      const by = handText(link);
      const entry = await noteHand(tx, order, {
        kind,
        text: ACT_TEXT[act.action],
        by,
        at: now,
        note,
        location,
        key,
      });
      await ownPhotosOnly(tx, act.photos ?? [], by);
      await adoptAttachments(tx, { order, request: { attachments: act.photos } }, entry);
      const { arrived_at: arrived, outcome, outcome_at: told } = momentsOf(act.action, link, now);
      await tx
        .updateTable('order_link')
        .set({ arrived_at: dateOf(arrived), outcome, outcome_at: dateOf(told) })
        .where('id', '=', id)
        .execute();
      const after = { link: id, note, photos: act.photos, location };
      await this.#audit(
        tx,
        { link, order },
        { action: `order-link.${act.action}`, address: visitor.address, after },
      );
      return this.#show(tx, id, order);
    });
  }

  /** Keeps a picture for the next act. Throws as {@link open}, and what is said of pictures everywhere (`attachment.*`). */
  async photo(
    id: number,
    picture: { readonly content: Buffer; readonly mediaType: string },
    visitor: Visitor,
  ): Promise<{ id: number }> {
    // Nobody has pictures worked on who may not hand any in.
    await this.#byBrowser(id, visitor, (tx, { link }) => refuseTooManyPhotos(tx, link));
    const clean = await cleanPhoto(picture.content, picture.mediaType);
    const sha256 = createHash('sha256').update(picture.content).digest();
    return this.#byBrowser(id, visitor, async (tx, { link, order }) => {
      const photo = { name: '现场照片', content: picture.content };
      const at = this.#system.now();
      const { attachment } = await savePhoto(tx, { order, photo, clean, sha256, at, by: handText(link) });
      return { id: attachment.id };
    });
  }

  /** For the browser that opened the link, as long as it holds. */
  async #byBrowser<T>(
    id: number,
    { browser, address }: Visitor,
    run: (tx: Tx, held: { readonly link: LinkRow; readonly order: OrderRow }) => Promise<T>,
  ): Promise<T> {
    const now = this.#system.now();
    this.#wrong.admit(address, now);
    const result = await this.#system.transaction(async (tx) => {
      const [found] = browser === undefined ? [] : await loadLinks(tx, sql`where id = ${id}`);
      if (browser === undefined || !found?.browser_hash?.equals(hashOf(browser))) return undefined;
      return { done: await run(tx, await hold(tx, found, now)) };
    });
    if (result) return result.done;
    this.#wrong.note(address, now);
    throw new AppError('link.refused');
  }

  async #bind(
    tx: Tx,
    { link, order }: { readonly link: LinkRow; readonly order: OrderRow },
    { hash, now, address }: { readonly hash: Buffer; readonly now: number; readonly address: string },
  ): Promise<void> {
    await tx
      .updateTable('order_link')
      .set({ browser_hash: hash, opened_at: new Date(now) })
      .where('id', '=', link.id)
      .execute();
    await noteHand(tx, order, { kind: 'link-opened', text: '打开工单', by: handText(link), at: now });
    await this.#audit(tx, { link, order }, { action: 'order-link.open', address, after: { link: link.id } });
  }

  async #audit(
    tx: Tx,
    { link, order }: { readonly link: LinkRow; readonly order: OrderRow },
    { action, address, after }: { readonly action: string; readonly address: string; readonly after: object },
  ): Promise<void> {
    const { place, scenario, code } = order;
    const visitor = { at: this.#system.now(), username: `link:${link.id}`, address };
    await auditVisitor(tx, visitor, { action, subject: `work-order/${code}`, place, scenario, after });
  }

  async #show(tx: Tx, id: number, order: OrderRow): Promise<HandOrder> {
    const [link] = await loadLinks(tx, sql`where id = ${id}`);
    if (!link) throw new AppError('link.refused');
    return showHandOrder(tx, { link, order, vault: this.#system.vault });
  }
}

/** The order first, as everybody who works on it; then the link as it stands under that lock. Throws `link.ended`. */
async function hold(
  tx: Tx,
  found: LinkRow,
  now: number,
): Promise<{ readonly link: LinkRow; readonly order: OrderRow }> {
  const order = await lockOrder(tx, found.work_order_id);
  const [link] = await loadLinks(tx, sql`where id = ${found.id} for update`);
  if (!link) throw new AppError('link.refused');
  if (link.ended_at !== null)
    throw new AppError('link.ended', { why: link.ended_by === null ? '工单已结案' : '已收回' });
  if (link.until <= now) throw new AppError('link.ended', { why: `有效期到 ${momentText(link.until)}` });
  return { link, order };
}

async function isTold(tx: Tx, order: number, key: string): Promise<boolean> {
  const { rows } = await sql`select from work_order_entry
    where work_order_id = ${order} and idempotency_key = ${key}`.execute(tx);
  return rows.length > 0;
}

function momentsOf(
  action: Act['action'],
  { arrived_at, outcome, outcome_at }: LinkRow,
  now: number,
): Pick<LinkRow, 'arrived_at' | 'outcome' | 'outcome_at'> {
  if (action === 'arrive') return { arrived_at: arrived_at ?? now, outcome, outcome_at };
  return action === 'feed-back'
    ? { arrived_at, outcome, outcome_at }
    : { arrived_at, outcome: action, outcome_at: now };
}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Pictures of other hands at the same order stay theirs. */
async function ownPhotosOnly(tx: Tx, photos: readonly number[], by: string): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from attachment where id = any(${[...photos]}) and by <> ${by}`.execute(tx);
  if (rows.length > 0)
    throw new AppError('input.invalid', {
      issues: `照片 ${rows.map(({ id }) => id).join('、')} 不是您上传的`,
    });
}

async function refuseTooManyPhotos(tx: Tx, link: LinkRow): Promise<void> {
  const { rows } = await sql`
    select from attachment where work_order_id = ${link.work_order_id} and by = ${handText(link)} limit ${PHOTOS_MOST}`.execute(
    tx,
  );
  if (rows.length >= PHOTOS_MOST)
    throw new AppError('link.faulty', { why: `照片已有 ${PHOTOS_MOST} 张，请用文字说明` });
}
