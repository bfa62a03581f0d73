import { momentText } from '#base';
import { BUILT_IN_TEMPLATES, fillTemplate, TEMPLATE_FIELDS } from '#model/command';
import type { RequestContext } from '#services/context';

import { lockChannel } from './change-channels.ts';

const EXPIRES_MS = 600_000;

/** Queues a message to oneself by a channel, as any other goes; a dry run stays one. Throws `record.not-found`. */
export async function testChannel(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<{ notification: number }> {
  context.authorize('channel.manage');
  return context.transaction(async (tx) => {
    const { id: channel, kind, place, scenario } = await lockChannel(context, tx, params.id);
    const now = context.now();
    const { title, text } = BUILT_IN_TEMPLATES['channel.test'];
    const { id } = await tx
      .insertInto('notification')
      .values({
        key: `test|${channel}|${context.actor.accountId}|${now}`,
        cause: 'channel.test',
        place,
        scenario,
        account_id: context.actor.accountId,
        person: context.actor.name,
        post: '本人',
        kind,
        channel_id: channel,
        title,
        text: fillTemplate(text, { ...TEMPLATE_FIELDS, at: momentText(now) }),
        state: 'queued',
        next_at: new Date(now),
        created_at: new Date(now),
        expires_at: new Date(now + EXPIRES_MS),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { notification: id };
  });
}
