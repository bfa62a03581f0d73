import { AppError } from '#base';
import type { Call, commandRoutes } from '#contract/command';
import type { Capability, Placed } from '#model/platform';
import { audit, openPhone, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { watchAt } from '#workflow';
import { sql } from 'kysely';
import type { z } from 'zod';

import { homePlatform } from '../log/home-platform.ts';
import { writeLine } from '../log/write-line.ts';
import { columnsOf, keyOf } from '../people.ts';
import { loadStandIns } from '../roster/conflict-facts.ts';
import { loadShifts } from '../roster/shift-view.ts';
import { loadContact } from './contact-view.ts';

type Body = z.output<typeof commandRoutes.callContact.body>;
interface Asked {
  readonly params: { readonly id: number };
  readonly body: Body;
}

/** Whose number is asked for. */
interface Callee extends Placed {
  /** `contact/3` or `account/flood.head`. */
  readonly subject: string;
  readonly name: string;
  /** Behind the name: unit and post. */
  readonly post: string;
  readonly contact: number | undefined;
  readonly phone_sealed: string | null;
  readonly phone_masked: string | null;
  readonly phone_public: boolean;
}

/**
 * Gives the number of a contact. The call stands in the duty log, and a person's number in the audit as revealed, in the same
 * transaction. Throws `record.not-found`, `access.denied`, `contact.no-phone`.
 */
export async function callContact(context: RequestContext, { params, body }: Asked): Promise<Call> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    const row = await loadContact(tx, params.id);
    if (row.retired_at !== null)
      throw new AppError('record.not-found', { what: '在用的联系人', id: params.id });
    const callee = {
      ...row,
      subject: `contact/${row.id}`,
      post: [row.unit, row.title].flatMap((one) => one ?? []).join(' '),
      contact: row.id,
    };
    return reveal(context, tx, callee, body);
  });
}

/** Gives the number of whoever stands a shift now: the deputy in the deputy's time. */
export async function callShift(context: RequestContext, { params, body }: Asked): Promise<Call> {
  context.authorize('duty.read');
  return context.transaction(async (tx) => {
    const [shift] = await loadShifts(tx, sql`where s.id = ${params.id}`);
    if (!shift) throw new AppError('record.not-found', { what: '班次', id: params.id });
    const span = { from: shift.from_at, to: shift.to_at };
    const standIns = await loadStandIns(tx, [shift.account_id ?? 0], span);
    const now = Math.min(Math.max(context.now(), span.from), span.to - 1);
    const watch = watchAt([{ id: shift.id, ...span, person: keyOf(shift) }], standIns, now);
    const key = watch.kind === 'on' ? watch.person : keyOf(shift);
    const place: Placed = { place: shift.place, scenario: shift.scenario };
    return reveal(context, tx, await calleeOf(tx, key, place), body);
  });
}

async function calleeOf(tx: Tx, key: string, { place, scenario }: Placed): Promise<Callee> {
  const { account_id: account, contact_id: contact } = columnsOf(key);
  if (contact !== null) {
    const row = await loadContact(tx, contact);
    const post = [row.unit, row.title].flatMap((one) => one ?? []).join(' ');
    return { ...row, subject: `contact/${contact}`, post, contact };
  }
  const { rows } = await sql<Omit<Callee, 'subject' | 'contact'> & { username: string }>`
    select username, name, concat_ws(' ', unit, title) as post, phone_sealed, phone_masked, false as phone_public
    from duty_person where id = ${account}`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '值班人', id: account });
  return { ...found, place, scenario, subject: `account/${found.username}`, contact: undefined };
}

async function reveal(context: RequestContext, tx: Tx, callee: Callee, body: Body): Promise<Call> {
  const capability = capabilityFor(context, callee);
  if (!callee.phone_public) context.authorizeRecord(capability, callee);
  if (callee.phone_sealed === null) throw new AppError('contact.no-phone', { name: callee.name });
  const phone = openPhone(context.vault, callee.phone_sealed);
  const { warning, workOrder, reason } = body;
  const post = callee.post === '' ? '' : `（${callee.post}）`;
  const why = reason === undefined || reason === '' ? '' : `，${reason}`;
  const platform = await homePlatform(context, tx, { capability });
  const { id: log } = await writeLine(context, tx, platform, {
    kind: 'call',
    text: `拨打 ${callee.name}${post} ${callee.phone_masked ?? ''}${why}`,
    warning,
    workOrder,
    contact: callee.contact,
  });
  await audit(context, tx, {
    // A hotline is no personal data.
    action: callee.phone_public ? 'contact.call' : 'personal.reveal',
    subject: callee.subject,
    after: {
      what: 'phone',
      phone: callee.phone_masked,
      reason: reason ?? '值班拨号',
      log,
      warning,
      workOrder,
    },
    place: callee.place,
    scenario: callee.scenario,
  });
  return { phone, href: `tel:${phone.replaceAll(/[ -]/gu, '')}`, name: callee.name, log };
}

/** Keeping duty or seeing personal data is enough. Throws `access.denied` for whoever has neither there. */
function capabilityFor({ actor }: RequestContext, callee: Callee): Capability {
  const enough = ['duty.keep', 'personal.reveal'] as const;
  const found = enough.find((one) =>
    callee.phone_public ? actor.rights.has(one) : actor.rights.mayAt(one, callee),
  );
  if (found === undefined) throw new AppError('access.denied', { capability: 'duty.keep' });
  return found;
}
