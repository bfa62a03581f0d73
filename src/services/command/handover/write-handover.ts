import { createHash } from 'node:crypto';

import { AppError } from '#base';
import type { commandRoutes, HandoverDetail, HandoverDocument } from '#contract/command';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { platformById } from '../find-platform.ts';
import { loadPeople } from '../people.ts';
import { isAccount } from '../watch/load-watches.ts';
import { type EndingShift, findEndingShift } from './find-shift.ts';
import { showHandover } from './handover-view.ts';
import { duePromises, openOrders } from './order-sections.ts';
import { heldNow } from './held-section.ts';
import { blindSpots, markedLines, runningReplays, warningsOfShift } from './watch-sections.ts';

type Body = z.output<typeof commandRoutes.writeHandover.body>;

/**
 * Writes the page of the shift that ends, or writes it anew as long as nobody has signed it. For those who hand over or take
 * over, and those who keep duty there. Throws `record.not-found`, `access.denied`, `handover.illegal-action`.
 */
export async function writeHandover(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<HandoverDetail> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    const ending = await findEndingShift(context, tx, body);
    const me = context.actor.accountId;
    if (!isAccount(ending.outgoing, me) && !isAccount(ending.incoming, me)) {
      context.authorizeRecord('duty.keep', ending.roster);
    }
    const document = JSON.stringify(await compose(context, tx, ending));
    const id = await save(context, tx, ending, document);
    const { place, scenario } = ending.roster;
    const after = { shift: ending.shift.id, hash: hashOf(document) };
    await audit(context, tx, { action: 'handover.write', subject: `handover/${id}`, after, place, scenario });
    return showHandover(context, tx, id);
  });
}

/** SHA-256 of the page's very characters, hex. */
export function hashOf(document: string): string {
  return createHash('sha256').update(document, 'utf8').digest('hex');
}

async function compose(context: RequestContext, tx: Tx, ending: EndingShift): Promise<HandoverDocument> {
  const { roster, seat, shift, outgoing, incoming } = ending;
  const now = context.now();
  const platform = await platformById(tx, roster.platform_id);
  const show = await loadPeople(tx, [outgoing, ...(incoming === undefined ? [] : [incoming])]);
  return {
    writtenAt: now,
    writtenBy: context.actor.name,
    platform: roster.platform,
    roster: roster.name,
    seat: seat.seat.name,
    shift: { id: shift.id, from: shift.from, to: shift.to },
    outgoing: show(outgoing),
    incoming: incoming === undefined ? null : show(incoming),
    orders: await openOrders(tx, platform),
    promises: await duePromises(tx, platform, now),
    warnings: await warningsOfShift(tx, platform, shift.from),
    shelving: await heldNow(tx, platform, now),
    blindSpots: await blindSpots(tx, platform, now),
    replays: await runningReplays(tx),
    log: await markedLines(tx, platform, { from: shift.from, to: Math.max(now, shift.to) }),
  };
}

async function save(
  context: RequestContext,
  tx: Tx,
  { roster, seat, shift }: EndingShift,
  document: string,
): Promise<number> {
  const { id: rosterId, platform_id: platform, place, scenario } = roster;
  const { rows } = await sql<{ id: number }>`
    insert into handover (platform_id, roster_id, seat_id, shift_id, place, scenario, state, written_at, document, hash)
    values (${platform}, ${rosterId}, ${seat.seat.id}, ${shift.id}, ${place}, ${scenario}, 'draft',
      ${new Date(context.now())}, ${document}, ${hashOf(document)})
    on conflict (shift_id) do update set written_at = excluded.written_at, document = excluded.document,
      hash = excluded.hash
    where handover.state = 'draft' returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) {
    throw new AppError('handover.illegal-action', {
      action: '重写交接内容',
      reason: '交班人已签字，内容已冻结',
    });
  }
  return id;
}
