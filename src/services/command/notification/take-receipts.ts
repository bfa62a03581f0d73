import { AppError } from '#base';
import { type ChannelReceipt, isAccepting, RECEIPT_RANK } from '#model/command';
import { type ReceiptRequest, readReceipt } from '#outlets/channel';
import type { SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import type { Claimed } from './claim-messages.ts';
import { findStandIns } from './find-stand-ins.ts';
import { loadAddresses } from './load-addresses.ts';
import { openChannel, type StoredSettings } from './open-channel.ts';

/** What an answer may do in its sender's name. */
export interface Answers {
  /** Accepts an order for an account, as if it had been pressed on the page. Gives what came of it, in words. */
  accept(account: number, order: number, key: string): Promise<string>;
}

/** Of those who could have answered so many are looked through, the newest first. */
const LOOKED_THROUGH = 200;
const DAY_MS = 86_400_000;

type Sent = Pick<
  Claimed,
  | 'id'
  | 'key'
  | 'kind'
  | 'place'
  | 'scenario'
  | 'account_id'
  | 'contact_id'
  | 'post_id'
  | 'tried'
  | 'address_by'
> & { readonly work_order_id: number | null; readonly asks_answer: boolean };

interface Answered {
  readonly sent: Sent;
  readonly receipt: ChannelReceipt;
}

/**
 * Takes what a provider tells of messages it was given, once it is proved to come from there: delivered, read, failed (another
 * channel stands in), answered. An answer that means 接单 accepts the order by the ordinary use case, with the rights of whoever was
 * asked. Throws `record.not-found`, `token.invalid` (not signed, or too old), `input.invalid`.
 */
export async function takeReceipts(
  context: SystemContext,
  answers: Answers,
  { channel, request }: { readonly channel: number; readonly request: Omit<ReceiptRequest, 'now'> },
): Promise<{ readonly contentType: string; readonly body: string }> {
  const now = context.now();
  const row = await context.transaction((tx) => loadChannel(tx, channel));
  if (!row) throw new AppError('record.not-found', { what: '通知通道', id: channel });
  const reading = readReceipt(openChannel(context.vault, row), { ...request, now });
  if (reading.kind === 'refused') {
    if (reading.reason === 'malformed') throw new AppError('input.invalid', { issues: '回执读不懂' });
    throw new AppError(reading.reason === 'not-set' ? 'record.not-found' : 'token.invalid', {
      what: '通道的回执密钥',
      id: channel,
    });
  }
  const found = await context.transaction(async (tx) => {
    const sent = await matchReceipts(context, tx, channel, reading.receipts);
    await noteReceipts(tx, sent, now);
    return sent;
  });
  for (const one of found) await actOn(context, answers, one);
  return reading.reply;
}

async function loadChannel(tx: Tx, id: number): Promise<StoredSettings | undefined> {
  return tx
    .selectFrom('channel')
    .select(['kind', 'settings', 'secret_sealed'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
}

/** Which message each receipt is of; one of a message that we never sent is passed over. */
async function matchReceipts(
  context: SystemContext,
  tx: Tx,
  channel: number,
  receipts: readonly ChannelReceipt[],
): Promise<readonly Answered[]> {
  const numbers = receipts.flatMap(({ providerId }) => providerId ?? []);
  const known = new Map(
    (await loadSent(tx, sql`n.channel_id = ${channel} and n.provider_id = any(${numbers}::text[])`)).map(
      (one) => [one.provider_id, one],
    ),
  );
  const nameless = receipts.filter(({ providerId, from }) => providerId === null && from !== null);
  const byAddress =
    nameless.length === 0 ? new Map<string, Sent>() : await askedByAddress(context, tx, channel);
  return receipts.flatMap((receipt) => {
    const sent =
      receipt.providerId === null ? byAddress.get(receipt.from ?? '') : known.get(receipt.providerId);
    return sent ? [{ sent, receipt }] : [];
  });
}

/** An answer that does not name its message is to the newest that asked whoever sent it. */
async function askedByAddress(
  context: SystemContext,
  tx: Tx,
  channel: number,
): Promise<ReadonlyMap<string, Sent>> {
  const since = new Date(context.now() - DAY_MS);
  const asked = await loadSent(
    tx,
    sql`n.channel_id = ${channel} and n.asks_answer and n.state in ('sent', 'delivered', 'read') and n.created_at > ${since}
      order by n.id desc limit ${LOOKED_THROUGH}`,
  );
  const addresses = await loadAddresses(tx, context.vault, asked);
  const found = new Map<string, Sent>();
  for (const one of asked) {
    const to = addresses.get(one.id);
    if (to !== undefined && !found.has(to)) found.set(to, one);
  }
  return found;
}

async function loadSent(
  tx: Tx,
  suffix: RawBuilder<unknown>,
): Promise<readonly (Sent & { readonly provider_id: string | null })[]> {
  const { rows } = await sql<Sent & { provider_id: string | null }>`
    select n.id, n.key, n.kind, n.place, n.scenario, n.account_id, n.contact_id, n.post_id, n.tried, n.work_order_id, n.asks_answer,
      n.provider_id, c.address_by
    from notification n join channel c on c.id = n.channel_id where ${suffix}`.execute(tx);
  return rows;
}

/** A receipt that says less than what is known changes nothing. */
async function noteReceipts(tx: Tx, found: readonly Answered[], now: number): Promise<void> {
  const failed = found.filter(({ receipt }) => receipt.state === 'failed');
  const standIns = await findStandIns(
    tx,
    failed.map(({ sent }) => sent),
    now,
  );
  const rows = found.map(({ sent, receipt }) => ({
    id: sent.id,
    state: receipt.state,
    rank: receipt.state === 'failed' ? 1 : RECEIPT_RANK[receipt.state],
    at: Math.min(receipt.at ?? now, now),
    text: receipt.text,
    onward: standIns.get(sent.id) ?? null,
  }));
  if (rows.length === 0) return;
  await sql`update notification n set state = r.state,
      delivered_at = case when r.state <> 'failed' then coalesce(n.delivered_at, to_timestamp(r.at / 1000.0)) else n.delivered_at end,
      read_at = case when r.rank >= 3 then coalesce(n.read_at, to_timestamp(r.at / 1000.0)) else n.read_at end,
      answered_at = case when r.state = 'answered' then to_timestamp(r.at / 1000.0) else n.answered_at end,
      answer = case when r.state = 'answered' then r.text else n.answer end,
      reason = case when r.state = 'failed' then concat('服务商回执：', r.text, case when r.onward is not null then '，改由' || r.onward end)
        else n.reason end
    from ${recordset(rows, sql`r(id bigint, state text, rank int, at float8, text text, onward text)`)}
    where n.id = r.id and r.rank >= case n.state when 'sent' then 1 when 'delivered' then 2 when 'read' then 3 when 'answered' then 4
      else 9 end`.execute(tx);
}

async function actOn(context: SystemContext, answers: Answers, { sent, receipt }: Answered): Promise<void> {
  const { account_id: account, work_order_id: order, id } = sent;
  if (receipt.state !== 'answered' || !sent.asks_answer || !isAccepting(receipt.text ?? '')) return;
  const outcome =
    account === null || order === null
      ? '这条消息不能代接单，请在页面上接单'
      : await answers.accept(account, order, `answer-${id}`);
  await context.transaction(async (tx) => {
    await sql`update notification set answer = ${`${receipt.text ?? ''}（${outcome}）`} where id = ${id}`.execute(
      tx,
    );
  });
}
