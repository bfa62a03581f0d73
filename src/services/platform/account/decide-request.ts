import { AppError } from '#base';
import type { accountRoutes } from '#contract/platform';
import { decidingGrants, ROLE_TEXT } from '#model/platform';
import { announce, audit, auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { applyRequests } from './apply-request.ts';
import { forgetPeople } from './forget-people.ts';
import { loadRequests, type RequestRow } from './request-view.ts';
import { keepingSeparation } from './separation.ts';
import { changedRoles, type HeldRole, loadHeldRoles, loadSeats, seatRoles } from './wanted-grants.ts';
import { makePasswords } from './make-passwords.ts';

type Reply = z.output<typeof accountRoutes.approveRequest.reply>;
type Verdict = 'approved' | 'refused';

/** One request, or all of a batch. */
export type Which = { readonly id: number } | { readonly batch: number };

/** What the approver says. */
export interface Decision {
  readonly verdict: Verdict;
  readonly note: string;
}

const STATE_TEXT: Readonly<Record<RequestRow['state'], string>> = {
  pending: '待审批',
  approved: '批准',
  refused: '退回',
  withdrawn: '撤回',
};

/**
 * Approves or refuses, all or nothing. The decider is neither who asked nor whom it is about nor acts for one of them, and
 * holds a role that decides about every role concerned. Throws `record.not-found`, `access.denied`,
 * `account.request-decided`, `account.own-request`, `account.not-deciding`, `account.request-faulty`,
 * `account.last-administrator`, `record.exists`.
 */
export async function decideRequest(
  context: RequestContext,
  which: Which,
  decision: Decision,
): Promise<Reply> {
  context.authorize('account.approve');
  // Hashing hundreds of passwords takes seconds: before anything is held.
  const opening = decision.verdict === 'approved' ? await countOpenings(context, which) : 0;
  const passwords = await makePasswords(opening);
  const { accounts, ...reply } = await keepingSeparation(() =>
    context.transaction(async (tx) => {
      const requests = await lockPending(tx, which);
      for (const request of requests) context.authorizeRecord('account.approve', request);
      await checkDecider(context, tx, requests);
      await settle(context, tx, requests, decision);
      const opened =
        decision.verdict === 'approved' ? await applyRequests(context, tx, { requests, passwords }) : [];
      await announce(
        tx,
        requests.slice(0, 1).map((request) => ({
          type: 'account.decided',
          at: context.now(),
          place: request.place,
          scenario: request.scenario,
          payload: { id: request.id },
        })),
      );
      return {
        requests: requests.map(({ id }) => id),
        passwords: opened,
        accounts: requests.flatMap(({ account_id }) => account_id ?? []),
      };
    }),
  );
  forgetPeople(accounts);
  return reply;
}

function matching(which: Which) {
  return 'id' in which ? sql`r.id = ${which.id}` : sql`r.batch_id = ${which.batch}`;
}

function countOpenings(context: RequestContext, which: Which): Promise<number> {
  return context.transaction(async (tx) => {
    const rows = await loadRequests(tx, sql`where ${matching(which)} and r.state = 'pending'`);
    return rows.filter(({ action }) => action === 'open' || action === 'reset-password').length;
  });
}

/** The requests, held until this transaction ends. Of a batch, those that still wait. */
async function lockPending(tx: Tx, which: Which): Promise<readonly RequestRow[]> {
  const { rows } = await sql<{ id: number }>`
    select r.id from account_request r where ${matching(which)} order by r.id for update`.execute(tx);
  const found = await loadRequests(
    tx,
    sql`where r.id = any(${rows.map(({ id }) => id)}::int[]) order by r.id`,
  );
  const [first] = found;
  const id = String('id' in which ? which.id : which.batch);
  if (!first) throw new AppError('record.not-found', { what: '账号申请', id });
  const pending = found.filter(({ state }) => state === 'pending');
  if (pending.length === 0) throw new AppError('account.request-decided', { state: STATE_TEXT[first.state] });
  return pending;
}

async function checkDecider(context: RequestContext, tx: Tx, requests: readonly RequestRow[]): Promise<void> {
  const seats = await loadSeats(
    tx,
    requests.flatMap(({ wanted }) => (wanted.roles ?? []).map(({ platform }) => platform)),
  );
  const accounts = requests.flatMap(({ account_id }) => (account_id === null ? [] : [account_id]));
  const held = await loadHeldRoles(tx, accounts, context.now());
  for (const request of requests) {
    const before = (held.get(request.account_id ?? 0) ?? []).filter(({ fixed }) => !fixed);
    const wanted = request.wanted.roles && seatRoles(request.wanted.roles, seats).roles;
    const touched = wanted === undefined ? [] : changedRoles(before, wanted);
    checkOne(context, request, touched.length > 0 ? touched : before);
  }
}

function checkOne(context: RequestContext, request: RequestRow, roles: readonly HeldRole[]): void {
  const { accountId, rights } = context.actor;
  const involved = [request.requested_by, request.requested_for, request.account_id];
  if (involved.includes(accountId)) throw new AppError('account.own-request');
  for (const { role, seat } of roles) {
    const deciding = decidingGrants(rights.grants, { ...seat, role });
    if (deciding.length === 0)
      throw new AppError('account.not-deciding', { role: ROLE_TEXT[role], platform: seat.name });
    // As the deputy of somebody involved one would decide in that person's name.
    if (deciding.every(({ actingFor }) => actingFor !== null && involved.includes(actingFor.id)))
      throw new AppError('account.own-request');
  }
  const actingFor = rights.actingFor('account.approve', request);
  if (actingFor !== null && involved.includes(actingFor.id)) throw new AppError('account.own-request');
}

async function settle(
  context: RequestContext,
  tx: Tx,
  requests: readonly RequestRow[],
  { verdict, note }: Decision,
): Promise<void> {
  const ids = requests.map(({ id }) => id);
  await sql`update account_request set state = ${verdict}, decided_by = ${context.actor.accountId},
      decided_for = ${context.actingFor?.id ?? null}::int, decided_at = ${new Date(context.now())}, note = ${note || null},
      phone_sealed = null
    where id = any(${ids}::int[])`.execute(tx);
  await auditAll(
    context,
    tx,
    requests.map((request) => ({
      action: verdict === 'approved' ? 'account-request.approve' : 'account-request.refuse',
      subject: `account/${request.username}`,
      before: { request: request.id, state: 'pending', requestedBy: request.requester.username },
      after: { request: request.id, state: verdict, note },
      place: request.place,
      scenario: request.scenario,
    })),
  );
}

/** Takes one's own request back. Throws `record.not-found`, `account.request-decided`. */
export async function withdrawRequest(context: RequestContext, id: number): Promise<Reply> {
  context.authorize('account.request');
  return context.transaction(async (tx) => {
    const [request] = await lockPending(tx, { id });
    if (!request || request.requested_by !== context.actor.accountId)
      throw new AppError('record.not-found', { what: '账号申请', id: String(id) });
    context.authorizeRecord('account.request', request);
    await sql`update account_request set state = 'withdrawn', decided_by = ${context.actor.accountId},
      decided_at = ${new Date(context.now())}, phone_sealed = null where id = ${id}`.execute(tx);
    await audit(context, tx, {
      action: 'account-request.withdraw',
      subject: `account/${request.username}`,
      before: { request: id, state: 'pending' },
      after: { request: id, state: 'withdrawn' },
      place: request.place,
      scenario: request.scenario,
    });
    return { requests: [id], passwords: [] };
  });
}
