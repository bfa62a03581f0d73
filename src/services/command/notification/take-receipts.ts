import { AppError } from '#base';
import { type ChannelReceipt, isAccepting, RECEIPT_RANK } from '#model/command';
import { type ReceiptRequest, readReceipt } from '#outlets/channel';
import type { SystemContext } from '#services/context';
import { recordset, type Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import type { Claimed } from './claim-messages.ts';
import type { Mailroom } from './mailroom.ts';
import { findStandIns } from './find-stand-ins.ts';
import { loadAddresses } from './load-addresses.ts';
import { openChannel, type StoredSettings } from './open-channel.ts';

/** What an answer may do in its sender's name. */
export interface Answers {
  /** Accepts an order for an account, as if it had been pressed on the page. Gives what came of it, in words. */
  accept(account: number, order: number, key: string): Promise<string>;
}

/** The same words from the same phone within it are the same answer, told again. */
const TOLD_AGAIN_MS = 10 * 60_000;
/** What is told of a message before it is written down as sent is kept so long. */
const EARLY_MS = 10 * 60_000;
/** Of those who could have answered so many are looked through, the newest first. */
const LOOKED_THROUGH = 200;
const DAY_MS = 86_400_000;

type Sent = Pick<
  Claimed,
  | 'id'
  | 'key'
  | 'kind'
  | 'level'
  | 'place'
  | 'scenario'
  | 'account_id'
  | 'contact_id'
  | 'post_id'
  | 'tried'
  | 'address_by'
> & {
  readonly work_order_id: number | null;
  readonly asks_answer: boolean;
  readonly answered_at: number | null;
  readonly answer: string | null;
};

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
  {
    channel,
    request,
    mailroom,
  }: {
    readonly channel: number;
    readonly request: Omit<ReceiptRequest, 'now'>;
    readonly mailroom: Mailroom;
  },
): Promise<{ readonly contentType: string; readonly body: string }> {
  const now = context.now();
  const row = await context.transaction((tx) => loadChannel(tx, channel));
  if (!row) throw new AppError('record.not-found', { what: '通知通道', id: channel });
  const reading = readReceipt(openChannel(context.vault, row), { ...request, now });
  if (reading.kind === 'refused') {
    if (reading.reason !== 'not-set') mailroom.countRefused(channel);
    if (reading.reason === 'malformed') throw new AppError('input.invalid', { issues: '回执读不懂' });
    throw new AppError(reading.reason === 'not-set' ? 'record.not-found' : 'token.invalid', {
      what: '通道的回执密钥',
      id: channel,
    });
  }
  const found = await context.transaction(async (tx) => {
    const { sent, early } = await matchReceipts(context, tx, channel, reading.receipts);
    await noteReceipts(tx, sent, now);
    await keepEarly(tx, early, { channel, now });
    return sent;
  });
  for (const one of found) await actOn(context, answers, one);
  return reading.reply;
}

/**
 * Takes what was told of messages before they were written down as sent, now that they are; what names none of ours is forgotten
 * after some minutes. Gives how many were taken.
 */
export async function takeEarlyReceipts(context: SystemContext, answers: Answers): Promise<number> {
  const now = context.now();
  const found = await context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; channel: number; receipt: ChannelReceipt }>`
      delete from early_receipt e where e.taken_at <= ${new Date(now - EARLY_MS)}
        or exists (select from notification n where n.channel_id = e.channel_id and n.provider_id = e.provider_id)
      returning e.id, e.channel_id as channel, e.receipt`.execute(tx);
    const taken: Answered[] = [];
    const inOrder = rows.toSorted((a, b) => a.id - b.id);
    for (const [channel, list] of Map.groupBy(inOrder, (row) => row.channel)) {
      const receipts = list.map(({ receipt }) => receipt);
      taken.push(...(await matchReceipts(context, tx, channel, receipts)).sent);
    }
    await noteReceipts(tx, taken, now);
    return taken;
  });
  for (const one of found) await actOn(context, answers, one);
  return found.length;
}

async function keepEarly(
  tx: Tx,
  receipts: readonly ChannelReceipt[],
  { channel, now }: { readonly channel: number; readonly now: number },
): Promise<void> {
  const rows = receipts.map((receipt) => ({ provider: receipt.providerId, receipt }));
  if (rows.length === 0) return;
  await sql`insert into early_receipt (channel_id, provider_id, receipt, taken_at)
    select ${channel}::int, provider, receipt, ${new Date(now)}
    from ${recordset(rows, sql`r(provider text, receipt jsonb)`)}`.execute(tx);
}

async function loadChannel(tx: Tx, id: number): Promise<StoredSettings | undefined> {
  return tx
    .selectFrom('channel')
    .select(['kind', 'settings', 'secret_sealed'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
}

interface Matched {
  readonly sent: readonly Answered[];
  /** Of messages that are not known yet, if they ever are. */
  readonly early: readonly ChannelReceipt[];
}

/** Which message each receipt is of. */
async function matchReceipts(
  context: SystemContext,
  tx: Tx,
  channel: number,
  receipts: readonly ChannelReceipt[],
): Promise<Matched> {
  const numbers = receipts.flatMap(({ providerId }) => providerId ?? []);
  const known = new Map(
    (await loadSent(tx, sql`n.channel_id = ${channel} and n.provider_id = any(${numbers}::text[])`)).map(
      (one) => [one.provider_id, one],
    ),
  );
  const nameless = receipts.filter(({ providerId, from }) => providerId === null && from !== null);
  const byAddress =
    nameless.length === 0 ? new Map<string, readonly Sent[]>() : await askedByAddress(context, tx, channel);
  const messageOf = (receipt: ChannelReceipt): Sent | undefined =>
    receipt.providerId === null
      ? answeredBy(receipt, byAddress.get(receipt.from ?? '') ?? [], context.now())
      : known.get(receipt.providerId);
  return {
    sent: receipts.flatMap((receipt) => {
      const sent = messageOf(receipt);
      return sent ? [{ sent, receipt }] : [];
    }),
    early: receipts.filter(({ providerId }) => providerId !== null && !known.has(providerId)),
  };
}

/**
 * An answer that does not name its message is to the newest that asked whoever sent it and has no answer yet. Told again it is the
 * same answer: it must not go on to an older message and accept what nobody meant.
 */
function answeredBy(receipt: ChannelReceipt, asked: readonly Sent[], now: number): Sent | undefined {
  const again = asked.find(({ answered_at: at, answer }) => {
    if (at === null) return false;
    if (receipt.at !== null) return at === Math.min(receipt.at, now);
    return now - at <= TOLD_AGAIN_MS && (answer ?? '').startsWith(receipt.text ?? '');
  });
  return again ?? asked.find(({ answered_at: at }) => at === null);
}

/** Messages that asked for an answer, by the address they went to, the newest first. */
async function askedByAddress(
  context: SystemContext,
  tx: Tx,
  channel: number,
): Promise<ReadonlyMap<string, readonly Sent[]>> {
  const since = new Date(context.now() - DAY_MS);
  const asked = await loadSent(
    tx,
    sql`n.channel_id = ${channel} and n.asks_answer and n.state in ('sent', 'delivered', 'read', 'answered') and n.created_at > ${since}
      order by n.id desc limit ${LOOKED_THROUGH}`,
  );
  const addresses = await loadAddresses(tx, context.vault, asked);
  return Map.groupBy(asked, ({ id }) => addresses.get(id) ?? '');
}

async function loadSent(
  tx: Tx,
  suffix: RawBuilder<unknown>,
): Promise<readonly (Sent & { readonly provider_id: string | null })[]> {
  const { rows } = await sql<Sent & { provider_id: string | null }>`
    select n.id, n.key, n.kind, coalesce(n.level, 0) as level, n.place, n.scenario, n.account_id, n.contact_id, n.post_id, n.tried, n.work_order_id, n.asks_answer,
      n.provider_id, n.answered_at, n.answer, c.address_by
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
  const told = found.map(({ sent, receipt }) => ({
    id: sent.id,
    state: receipt.state,
    rank: receipt.state === 'failed' ? 1 : RECEIPT_RANK[receipt.state],
    at: Math.min(receipt.at ?? now, now),
    text: receipt.text,
    onward: standIns.get(sent.id) ?? null,
  }));
  if (told.length === 0) return;
  // Of several about one message the one that says most.
  const rows = [...new Map(told.toSorted((a, b) => a.rank - b.rank).map((row) => [row.id, row])).values()];
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
