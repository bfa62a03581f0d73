import { AppError } from '#base';
import type { Shelf, shelfRoutes } from '#contract/warning';
import { rankOf, SHELF_PROPOSAL_MS } from '#model/warning';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { markShelved } from './begin-shelf.ts';
import { findTarget, type FoundTarget } from './find-target.ts';
import { checkLength } from './longest-shelf.ts';
import { momentText } from './moment-text.ts';
import { shelfText } from './shelf-text.ts';
import { tellShelf } from './tell-shelf.ts';

type Body = z.output<typeof shelfRoutes.createShelf.body>;

/**
 * 搁置: from now on alarms of what is named, up to a level, are recorded and call nobody. Red is only proposed: another person
 * confirms it. Throws `record.not-found`, `access.denied`, `shelf.too-long`, `shelf.exists`.
 */
export async function createShelf(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<Shelf> {
  context.authorize('warning.shelve');
  const { level, minutes } = body;
  return context.transaction(async (tx) => {
    const target = await findTarget(tx, body.target);
    context.authorizeRecord('warning.shelve', target);
    await checkLength(tx, { level, scenario: target.scenario, minutes });
    const now = context.now();
    const isProposal = level === 'red';
    const until = now + (isProposal ? SHELF_PROPOSAL_MS : minutes * 60_000);
    const id = await insert(context, tx, { body, target, until });
    if (id === undefined) throw await taken(tx, target, now);
    if (!isProposal) {
      const by = context.actor.name;
      const text = shelfText({ ...body, madeBy: by, level: rankOf(level), until }, now);
      await markShelved(tx, id, { at: now, by, text });
    }
    return tellShelf(context, tx, { id, verb: isProposal ? 'propose' : 'create' });
  });
}

async function insert(
  context: RequestContext,
  tx: Tx,
  { body, target, until }: { readonly body: Body; readonly target: FoundTarget; readonly until: number },
): Promise<number | undefined> {
  const { name: _, ...over } = target;
  const now = new Date(context.now());
  const isProposal = body.level === 'red';
  // Two people at once: the unique index lets one of them in.
  const made = await tx
    .insertInto('shelf')
    .values({
      ...over,
      scope: body.target.scope,
      level: rankOf(body.level),
      reason_kind: body.reasonKind,
      reason: body.reason,
      minutes: body.minutes,
      state: isProposal ? 'proposed' : 'running',
      made_by: context.actor.name,
      made_by_id: context.actor.accountId,
      made_at: now,
      from_at: isProposal ? null : now,
      until: new Date(until),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return made?.id;
}

async function taken(tx: Tx, target: FoundTarget, now: number): Promise<AppError> {
  const { rows } = await sql<{ by: string; until: number }>`
    select made_by as by, until from shelf where state <> 'ended' and object_id = ${target.object_id}
      and point_id is not distinct from ${target.point_id}::int and sign_code is not distinct from ${target.sign_code}::text
      and item_code is not distinct from ${target.item_code}::text`.execute(tx);
  const [standing] = rows;
  // It ended between the two statements: to ask again is enough.
  if (!standing) return new AppError('record.changed');
  return new AppError('shelf.exists', {
    subject: target.name,
    by: standing.by,
    until: momentText(standing.until, now),
  });
}
