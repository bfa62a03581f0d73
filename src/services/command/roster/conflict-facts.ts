import { momentText } from '#base';
import type { RosterConflict } from '#contract/command';
import type { Tx } from '#storage';
import { type ConflictFacts, type DutyConflict, type JudgedShift, type Span, type StandIn } from '#workflow';
import { sql } from 'kysely';

import { accountKey, columnsOf, type ShowPerson } from '../people.ts';

const DAY_MS = 86_400_000;

function accountsOf(keys: Iterable<string>): readonly number[] {
  return [...new Set(keys)].flatMap((key) => columnsOf(key).account_id ?? []);
}

/** When accounts are closed and who stands in for them, over a stretch. */
export async function loadConflictFacts(
  tx: Tx,
  keys: Iterable<string>,
  stretch: Span,
): Promise<ConflictFacts> {
  const accounts = accountsOf(keys);
  // Before they are written into a roster, people are seen as accounts; afterwards through it.
  const { rows } = await sql<{ id: number; closed: number | null }>`
    select id, least(disabled_at, left_at, expires_at) as closed from account where id = any(${accounts}::int[])
    union
    select id, least(disabled_at, left_at, expires_at) from duty_person where id = any(${accounts}::int[])`.execute(
    tx,
  );
  const closedAt = new Map(
    rows.flatMap(({ id, closed }) => (closed === null ? [] : [[accountKey(id), closed] as const])),
  );
  return { closedAt, standIns: await loadStandIns(tx, accounts, stretch) };
}

/** Delegations of these accounts that touch a stretch. */
export async function loadStandIns(
  tx: Tx,
  accounts: readonly number[],
  { from, to }: Span,
): Promise<readonly StandIn[]> {
  if (accounts.length === 0) return [];
  const { rows } = await sql<{ principal_id: number; deputy_id: number; from_at: number; to_at: number }>`
    select principal_id, deputy_id, from_at, to_at from duty_deputy
    where principal_id = any(${accounts}::int[]) and from_at < ${new Date(to)} and to_at > ${new Date(from)}
      and to_at > from_at
    order by id`.execute(tx);
  return rows.map((row) => ({
    principal: accountKey(row.principal_id),
    deputy: accountKey(row.deputy_id),
    from: row.from_at,
    to: row.to_at,
  }));
}

/** Shifts anywhere of the same people that could be in the way; `except` are the seats' own, judged otherwise. */
export async function loadStanding(
  tx: Tx,
  keys: Iterable<string>,
  { stretch, except }: { readonly stretch: Span; readonly except: readonly number[] },
): Promise<readonly JudgedShift[]> {
  const { rows } = await sql<{
    seat_id: number;
    account_id: number;
    from_at: number;
    to_at: number;
    seat: string | null;
  }>`
    select b.seat_id, b.account_id, b.from_at, b.to_at, t.name as seat
    from duty_busy b left join roster_seat t on t.id = b.seat_id
    where b.account_id = any(${accountsOf(keys)}::int[]) and b.seat_id <> all(${[...except]}::int[])
      and b.from_at < ${new Date(stretch.to + DAY_MS)} and b.to_at > ${new Date(stretch.from - DAY_MS)}`.execute(
    tx,
  );
  return rows.map((row) => ({
    seat: row.seat_id,
    seatName: row.seat ?? '其他值班表',
    person: accountKey(row.account_id),
    from: row.from_at,
    to: row.to_at,
    planned: false,
  }));
}

export function showConflict(conflict: DutyConflict, show: ShowPerson): RosterConflict {
  const { kind, seatName, from, to, blocking } = conflict;
  const person = conflict.person === null ? null : show(conflict.person).name;
  const span = `${momentText(from)}—${momentText(to)}`;
  return { kind, seat: seatName, person, from, to, blocking, text: `${span} ${sentence(conflict, show)}` };
}

function sentence({ kind, seatName, person, other, from, to }: DutyConflict, show: ShowPerson): string {
  const who = person === null ? '' : show(person).name;
  switch (kind) {
    case 'two-seats':
      return `${who}同时在“${seatName}”与“${other}”`;
    case 'closed-account':
      return `${who}的账号已停用、离任或到期`;
    case 'too-long':
      return `${who}连续值班 ${Math.round((to - from) / 3_600_000)} 小时，超过 24 小时`;
    case 'absent':
      return `${who}已登记代理，由${other === null ? '' : show(other).name}代班`;
    case 'kept':
      return `“${seatName}”已有班次，保持不变`;
    case 'gap':
      return `“${seatName}”无人值班`;
    default:
      return kind satisfies never;
  }
}
