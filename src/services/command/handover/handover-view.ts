import { AppError } from '#base';
import type { Handover, HandoverDetail, HandoverDocument } from '#contract/command';
import { handoverDocument } from '#contract/command';
import { HANDOVER_STATE_TEXT, type HandoverState } from '#model/command';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { accountKey, columnsOf, loadPeople, type ShowPerson } from '../people.ts';
import { loadWatches, type SeatWatch } from '../watch/load-watches.ts';
import { parties } from './find-shift.ts';

export interface HandoverRow {
  readonly id: number;
  readonly roster_id: number;
  readonly roster_name: string;
  readonly seat_id: number;
  readonly platform: Handover['platform'];
  readonly place: number;
  readonly scenario: number | null;
  readonly state: HandoverState;
  readonly written_at: number;
  readonly document: string;
  readonly hash: string;
  readonly outgoing_id: number | null;
  readonly outgoing_name: string | null;
  readonly outgoing_acting_for: string | null;
  readonly outgoing_at: number | null;
  readonly incoming_name: string | null;
  readonly incoming_acting_for: string | null;
  readonly incoming_at: number | null;
}

/** Hand-overs the caller may see, as `suffix` picks and sorts them. `h` is the hand-over. */
export async function loadHandovers(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly HandoverRow[]> {
  const { rows } = await sql<HandoverRow>`
    select h.*, r.name as roster_name, json_build_object('code', p.code, 'name', p.name) as platform
    from (select h.* from handover h ${suffix}) h join roster r on r.id = h.roster_id join platform p on p.id = h.platform_id
    order by h.id desc`.execute(tx);
  return rows;
}

/** Whoever may sign next, by their keys. */
export interface Signers {
  readonly keys: readonly string[];
  /** Their names, for the refusal. */
  readonly names: string;
  /** True where a contact without an account is to sign: whoever keeps duty there signs for them. */
  readonly byKeeper: boolean;
}

/** Who is to sign a hand-over now: the outgoing first, then the incoming as the roster has it at this moment. */
export async function signersOf(context: RequestContext, tx: Tx, row: HandoverRow): Promise<Signers> {
  if (row.state === 'complete') return { keys: [], names: '', byKeeper: false };
  const document = documentOf(row);
  const { shift } = document;
  const now = context.now();
  // Around the end of the shift that is handed over: then the one behind it is in view.
  const [roster] = await loadWatches(tx, sql`where r.id = ${row.roster_id}`, Math.max(now, shift.to));
  const seat = roster?.seats.find((one) => one.seat.id === row.seat_id);
  const keys =
    row.state === 'draft'
      ? [keyOfPerson(document.outgoing)]
      : [incomingOf(seat, document, now)].flatMap((key) => key ?? []);
  const show: ShowPerson = await loadPeople(tx, keys);
  return {
    keys,
    names: keys.map((key) => show(key).name).join('或') || '下一班的值班人',
    byKeeper: keys.length > 0 && keys.every((key) => columnsOf(key).account_id === null),
  };
}

function incomingOf(
  seat: SeatWatch | undefined,
  { shift }: HandoverDocument,
  now: number,
): string | undefined {
  if (!seat) return undefined;
  const ended = { ...shift, person: '' };
  return parties(seat, ended, now).incoming;
}

function keyOfPerson({ kind, id }: { readonly kind: string; readonly id: number }): string {
  return kind === 'account' ? accountKey(id) : `contact:${id}`;
}

export function documentOf(row: HandoverRow): HandoverDocument {
  return handoverDocument.parse(JSON.parse(row.document));
}

/** May the caller sign now? Never both sides: who has handed over does not take over from themselves. */
export function maySign(context: RequestContext, row: HandoverRow, signers: Signers): boolean {
  const { accountId, rights } = context.actor;
  if (row.state === 'complete') return false;
  if (row.state === 'outgoing-signed' && row.outgoing_id === accountId) return false;
  if (signers.keys.includes(accountKey(accountId))) return true;
  return signers.byKeeper && rights.mayAt('duty.keep', row);
}

export async function showSummary(context: RequestContext, tx: Tx, row: HandoverRow): Promise<Handover> {
  const document = documentOf(row);
  const signers = await signersOf(context, tx, row);
  const actions: Handover['allowedActions'] = [];
  if (maySign(context, row, signers)) actions.push('sign');
  if (row.state === 'draft' && mayWrite(context, row, document)) actions.push('rewrite');
  if (row.state !== 'draft' && isParty(context, row, document)) actions.push('note');
  return {
    id: row.id,
    platform: row.platform,
    roster: { id: row.roster_id, name: row.roster_name },
    seat: document.seat,
    shift: document.shift,
    outgoing: document.outgoing,
    incoming: document.incoming,
    state: row.state,
    stateName: HANDOVER_STATE_TEXT[row.state],
    responsible:
      row.state === 'complete' ? (row.incoming_name ?? '') : (row.outgoing_name ?? document.outgoing.name),
    hash: row.hash,
    outgoingSigned: signature(row.outgoing_name, row.outgoing_at, row.outgoing_acting_for),
    incomingSigned: signature(row.incoming_name, row.incoming_at, row.incoming_acting_for),
    allowedActions: actions,
  };
}

function signature(name: string | null, at: number | null, actingFor: string | null) {
  return name === null || at === null ? null : { name, at, actingFor };
}

function mayWrite(context: RequestContext, row: HandoverRow, document: HandoverDocument): boolean {
  return isParty(context, row, document) || context.actor.rights.mayAt('duty.keep', row);
}

/** One of the two of the page, by the page itself or by who signed it. */
export function isParty(
  { actor }: RequestContext,
  row: HandoverRow & { readonly incoming_id?: number | null },
  { outgoing, incoming }: HandoverDocument,
): boolean {
  const me = accountKey(actor.accountId);
  const named = [outgoing, incoming].flatMap((one) => (one === null ? [] : [keyOfPerson(one)]));
  return named.includes(me) || [row.outgoing_id, row.incoming_id].includes(actor.accountId);
}

/** One hand-over with its page and notes. Throws `record.not-found`. */
export async function showHandover(context: RequestContext, tx: Tx, id: number): Promise<HandoverDetail> {
  const [row] = await loadHandovers(tx, sql`where h.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '交接班记录', id });
  const { rows: notes } = await sql<HandoverDetail['notes'][number]>`
    select id, at, by, text from handover_note where handover_id = ${id} order by id`.execute(tx);
  return { ...(await showSummary(context, tx, row)), document: documentOf(row), notes };
}
