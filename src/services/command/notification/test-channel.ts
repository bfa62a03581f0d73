import { AppError, momentText } from '#base';
import type { notificationRoutes } from '#contract/command';
import { BUILT_IN_TEMPLATES, type ChannelKind, fillTemplate, TEMPLATE_FIELDS } from '#model/command';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockChannel } from './change-channels.ts';

const EXPIRES_MS = 600_000;

const MINUTE_MS = 60_000;

interface TestedChannel {
  readonly id: number;
  readonly kind: ChannelKind;
  readonly place: number;
  readonly scenario: number | null;
}

/** Queues a message to oneself by a channel, as any other goes; a dry run stays one. Throws `record.not-found`. */
export async function testChannel(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<{ notification: number }> {
  context.authorize('channel.manage');
  return context.transaction(async (tx) => {
    const channel = await lockChannel(context, tx, params.id);
    return { notification: await queueTest(context, tx, { channel, key: String(context.now()) }) };
  });
}

/**
 * Queues a message to oneself by the channel of a kind that serves one; asked again within the minute it is the same message. Throws
 * `record.not-found` where no channel of the kind serves one.
 */
export async function testMyNotification(
  context: RequestContext,
  { body }: { readonly body: z.output<typeof notificationRoutes.testMyNotification.body> },
): Promise<{ notification: number }> {
  context.authorizeSelf();
  return context.transaction(async (tx) => {
    const { rows } = await sql<TestedChannel>`
      select id, kind, place, scenario from own_channels() where kind = ${body.kind}`.execute(tx);
    const [channel] = rows;
    if (!channel) throw new AppError('record.not-found', { what: '通知通道', id: body.kind });
    const key = `minute ${Math.floor(context.now() / MINUTE_MS)}`;
    return { notification: await queueTest(context, tx, { channel, key }) };
  });
}

async function queueTest(
  context: RequestContext,
  tx: Tx,
  { channel, key: of }: { readonly channel: TestedChannel; readonly key: string },
): Promise<number> {
  const { id, kind, place, scenario } = channel;
  const now = context.now();
  const { title, text } = BUILT_IN_TEMPLATES['channel.test'];
  const key = `test|${id}|${context.actor.accountId}|${of}`;
  const row = await tx
    .insertInto('notification')
    .values({
      key,
      cause: 'channel.test',
      place,
      scenario,
      account_id: context.actor.accountId,
      person: context.actor.name,
      post: '本人',
      kind,
      channel_id: id,
      title,
      text: fillTemplate(text, { ...TEMPLATE_FIELDS, at: momentText(now) }),
      state: 'queued',
      next_at: new Date(now),
      created_at: new Date(now),
      expires_at: new Date(now + EXPIRES_MS),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) return row.id;
  const known = await tx
    .selectFrom('notification')
    .select('id')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return known.id;
}
