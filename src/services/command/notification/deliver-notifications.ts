import type { ChannelResult } from '#model/command';
import { rankOf } from '#model/warning';
import type { SystemContext } from '#services/context';
import { afterAttempt } from '#workflow';

import { type Claimed, claimMessages } from './claim-messages.ts';
import { loadAddresses } from './load-addresses.ts';
import { isGroupKind } from './load-route-channels.ts';
import type { Mailroom } from './mailroom.ts';
import { openChannel } from './open-channel.ts';
import { messageText } from './message-text.ts';
import { type Outcome, noteOutcomes } from './note-outcomes.ts';

const RED = rankOf('red');

/**
 * One round of sending: what is due is taken (so that no other process takes it), handed to the providers outside of any
 * transaction, and what came of it is written down. Gives how many were taken; while that is not 0 there may be more.
 */
export async function deliverNotifications(context: SystemContext, mailroom: Mailroom): Promise<number> {
  const { vault } = context;
  const { claimed, addresses } = await context.transaction(async (tx) => {
    const found = await claimMessages(tx, context.now());
    return { claimed: found, addresses: await loadAddresses(tx, vault, found) };
  });
  if (claimed.length === 0) return 0;
  const outcomes = await Promise.all(
    claimed.map(async (message): Promise<Outcome> => {
      const to = isGroupKind(message.kind) ? '' : addresses.get(message.id);
      return { message, after: await attempt(context, mailroom, { message, to }) };
    }),
  );
  await context.transaction((tx) => noteOutcomes(tx, outcomes, context.now()));
  for (const { message, after } of outcomes) mailroom.count(message.kind, after.kind);
  return claimed.length;
}

async function attempt(
  context: SystemContext,
  mailroom: Mailroom,
  { message, to }: { readonly message: Claimed; readonly to: string | undefined },
): Promise<Outcome['after']> {
  if (message.stale)
    return { kind: 'withdrawn', reason: message.asks_answer ? '工单已接单' : '已处理，无须再通知' };
  if (message.stuck) return { kind: 'stuck' };
  if (message.dry_run) return { kind: 'dry-run' };
  if (to === undefined) return { kind: 'unaddressed' };
  const result = await send(context, mailroom, { message, to });
  const { attempts, level } = message;
  return afterAttempt(result, { at: context.now(), attempts, isRed: level === RED });
}

async function send(
  context: SystemContext,
  mailroom: Mailroom,
  { message, to }: { readonly message: Claimed; readonly to: string },
): Promise<ChannelResult> {
  const { title, text, link, asks_answer: asksAnswer } = message;
  try {
    return await mailroom.send(openChannel(context.vault, message), {
      id: `puan-${message.id}`,
      to,
      title: messageText(title, message),
      text: messageText(text, message),
      link:
        link === null || mailroom.publicUrl === undefined
          ? undefined
          : new URL(link, mailroom.publicUrl).href,
      asksAnswer,
    });
  } catch (error) {
    // A sender that throws is a bug of ours; the message still goes on by another channel.
    const name = error instanceof Error ? error.name : 'Error';
    return { kind: 'refused', forGood: false, code: name, text: '发送程序出错' };
  }
}
