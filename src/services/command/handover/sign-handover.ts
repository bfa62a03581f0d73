import { AppError } from '#base';
import type { commandRoutes, HandoverDetail } from '#contract/command';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import {
  documentOf,
  type HandoverRow,
  isParty,
  loadHandovers,
  maySign,
  showHandover,
  signersOf,
} from './handover-view.ts';

type SignBody = z.output<typeof commandRoutes.signHandover.body>;
type NoteBody = z.output<typeof commandRoutes.noteHandover.body>;

/** A page older than this no longer says how things stand. */
const FRESH_MS = 30 * 60_000;

/**
 * Signs the page as it was read: the outgoing first, which freezes it, then the incoming, who is responsible from then on.
 * Throws `record.not-found`, `record.changed`, `handover.not-yours`, `handover.illegal-action`.
 */
export async function signHandover(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: SignBody },
): Promise<HandoverDetail> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    const row = await lock(tx, params.id);
    if (row.state === 'complete') {
      throw new AppError('handover.illegal-action', { action: '签字', reason: '双方都已签过' });
    }
    const signers = await signersOf(context, tx, row);
    if (!maySign(context, row, signers)) throw new AppError('handover.not-yours', { who: signers.names });
    if (row.hash !== body.hash) throw new AppError('record.changed');
    if (row.state === 'draft' && context.now() - row.written_at > FRESH_MS) {
      const reason = '这一页写好已超过半小时，情况可能已变，请先重写';
      throw new AppError('handover.illegal-action', { action: '签字', reason });
    }
    await sign(context, tx, row, signers.byKeeper ? signers.names : null);
    return showHandover(context, tx, row.id);
  });
}

/** Adds a note to a signed page; for the two who signed or are to sign it. */
export async function noteHandover(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: NoteBody },
): Promise<HandoverDetail> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    const row = await lock(tx, params.id);
    if (row.state === 'draft') {
      throw new AppError('handover.illegal-action', { action: '补充说明', reason: '还没有签字，可直接重写' });
    }
    const document = documentOf(row);
    if (!isParty(context, row, document)) {
      const who = [document.outgoing, document.incoming].flatMap((one) => one?.name ?? []).join('或');
      throw new AppError('handover.not-yours', { who });
    }
    const { id, place, scenario } = row;
    await sql`insert into handover_note (handover_id, place, scenario, at, by, text)
      values (${id}, ${place}, ${scenario}, ${new Date(context.now())}, ${context.actor.name}, ${body.text})`.execute(
      tx,
    );
    await audit(context, tx, {
      action: 'handover.note',
      subject: `handover/${id}`,
      after: body,
      place,
      scenario,
    });
    await announce(tx, [
      { type: 'duty.handover-noted', at: context.now(), place, scenario, payload: { id, state: row.state } },
    ]);
    return showHandover(context, tx, id);
  });
}

async function lock(tx: Tx, id: number): Promise<HandoverRow> {
  await sql`select from handover where id = ${id} for update`.execute(tx);
  const [row] = await loadHandovers(tx, sql`where h.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '交接班记录', id });
  return row;
}

async function sign(
  context: RequestContext,
  tx: Tx,
  row: HandoverRow,
  actingFor: string | null,
): Promise<void> {
  const { accountId: me, name } = context.actor;
  const at = new Date(context.now());
  const { id, place, scenario } = row;
  const outgoing = row.state === 'draft';
  await (outgoing
    ? sql`update handover set state = 'outgoing-signed', outgoing_id = ${me}, outgoing_name = ${name}, outgoing_at = ${at},
        outgoing_acting_for = ${actingFor} where id = ${id}`.execute(tx)
    : sql`update handover set state = 'complete', incoming_id = ${me}, incoming_name = ${name}, incoming_at = ${at},
        incoming_acting_for = ${actingFor} where id = ${id}`.execute(tx));
  await audit(context, tx, {
    action: outgoing ? 'handover.sign-outgoing' : 'handover.sign-incoming',
    subject: `handover/${id}`,
    after: { hash: row.hash, actingFor },
    place,
    scenario,
  });
  const text = `${row.roster_name} ${outgoing ? '交班' : '接班'}签字：${name}`;
  const state = outgoing ? 'outgoing-signed' : 'complete';
  await announce(tx, [
    {
      type: 'duty.handover-signed',
      at: context.now(),
      place,
      scenario,
      payload: { id, state, text },
    },
  ]);
}
