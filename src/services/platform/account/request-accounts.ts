import { AppError } from '#base';
import type { accountRoutes } from '#contract/platform';
import { auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { type ReadRow, readBulkRow } from './read-bulk-rows.ts';
import type { Draft } from './draft.ts';
import { judgeOpening, namedByCode } from './request-account.ts';
import { saveRequests } from './save-requests.ts';
import { usernameFaults } from './username.ts';
import { loadSeats, type Seat } from './wanted-grants.ts';

type Body = z.output<typeof accountRoutes.requestAccounts.body>;
type Reply = z.output<typeof accountRoutes.requestAccounts.reply>;

/**
 * Asks for many accounts at once. Every fault of every row is told; when there is one, nothing is written. Throws
 * `account.rows-faulty` when faulty rows are handed in for real.
 */
export async function requestAccounts(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<Reply> {
  context.authorize('account.request');
  return context.transaction(async (tx) => {
    const rows = body.rows.map(readBulkRow);
    const seats = await loadSeats(
      tx,
      rows.flatMap(({ platform, roles }) => [platform, ...roles.map((one) => one.platform)]),
    );
    const faults = await judge(context, tx, rows, seats);
    if (body.dryRun) return { rows: rows.length, faults, batch: null };
    if (faults.length > 0) throw new AppError('account.rows-faulty', { count: faults.length, faults });
    const batch = await nextBatch(tx);
    const drafts = rows.map((row) => draftOf(row, seats, body.reason));
    for (const { home } of drafts) context.authorizeRecord('account.request', home);
    const ids = await saveRequests(context, tx, drafts, batch);
    await auditAll(
      context,
      tx,
      drafts.map((draft, i) => ({
        action: 'account-request.open',
        subject: `account/${draft.username}`,
        after: { request: ids[i] ?? null, batch, ...draft.wanted, reason: body.reason },
        place: draft.home.place,
        scenario: draft.home.scenario,
      })),
    );
    return { rows: rows.length, faults: [], batch };
  });
}

async function judge(
  context: RequestContext,
  tx: Tx,
  rows: readonly ReadRow[],
  seats: ReadonlyMap<string, Seat>,
): Promise<Reply['faults']> {
  const named = rows.map(({ username }) => username).filter((username) => username !== '');
  const taken = Map.groupBy(await usernameFaults(tx, [...new Set(named)]), ({ username }) => username);
  const first = new Map<string, number>();
  return rows.flatMap((row, i) => {
    const before = first.get(row.username);
    if (before === undefined) first.set(row.username, i);
    const faults = [
      ...row.faults,
      ...(row.username !== '' && before !== undefined ? [`用户名与第 ${before + 1} 行重复`] : []),
      ...(taken.get(row.username) ?? []).map(({ fault }) => fault),
      ...(row.platform === '' ? [] : judgeRow(context, row, seats)),
    ];
    return faults.length === 0 ? [] : [{ row: i + 1, username: row.username, faults }];
  });
}

function judgeRow(
  context: RequestContext,
  row: ReadRow,
  seats: ReadonlyMap<string, Seat>,
): readonly string[] {
  const { platform, roles, expiresAt } = row;
  return judgeOpening(context, { platform, roles: [...roles], expiresAt }, seats).faults;
}

function draftOf(row: ReadRow, seats: ReadonlyMap<string, Seat>, reason: string): Draft {
  const { username, name, unit, title, phone, expiresAt } = row;
  const seat = seats.get(row.platform);
  if (!seat || seat.place === null) throw new Error(`a judged row has no platform ${row.platform}`);
  const roles = namedByCode(row.roles, seats);
  return {
    action: 'open',
    username,
    name,
    account: null,
    home: { id: seat.id, place: seat.place, scenario: seat.scenario },
    wanted: { name, unit, title, roles, expiresAt, ...(phone === null ? {} : { phone: true as const }) },
    phone,
    reason,
  };
}

async function nextBatch(tx: Tx): Promise<number> {
  const { rows } = await sql<{ batch: number }>`select nextval('account_batch') as batch`.execute(tx);
  return rows[0]?.batch ?? 0;
}
