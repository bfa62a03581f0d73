import { KNOWN_BY_NAME, PHONE_KINDS } from '#model/command';
import { openPhone } from '#services/context';
import type { Tx, Vault } from '#storage';
import { sql } from 'kysely';

import type { Claimed } from './claim-messages.ts';

export const ADDRESS_PURPOSE = 'notification-address';

interface Row {
  readonly id: number;
  readonly username: string | null;
  readonly phone_sealed: string | null;
  readonly addresses_sealed: string | null;
}

/** The addresses of messages in their channels' own terms, opened for the moment of sending; undefined where there is none. */
export async function loadAddresses(
  tx: Tx,
  vault: Vault,
  messages: readonly Pick<Claimed, 'id' | 'kind' | 'address_by'>[],
): Promise<ReadonlyMap<number, string>> {
  if (messages.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select n.id, a.username, coalesce(a.phone_sealed, c.phone_sealed, p.phone_sealed) as phone_sealed, q.addresses_sealed
    from notification n left join account a on a.id = n.account_id left join contact c on c.id = n.contact_id
    left join platform_contact p on p.id = n.post_id left join notification_preference q on q.account_id = n.account_id
    where n.id = any(${messages.map(({ id }) => id)}::bigint[])`.execute(tx);
  const people = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    messages.flatMap(({ id, kind, address_by }) => {
      const row = people.get(id);
      const to = row && addressOf(vault, row, { kind, address_by });
      return to === undefined || to === null ? [] : [[id, to] as const];
    }),
  );
}

function addressOf(
  vault: Vault,
  { username, phone_sealed: phone, addresses_sealed: own }: Row,
  { kind, address_by: by }: Pick<Claimed, 'kind' | 'address_by'>,
): string | null | undefined {
  const number = (): string | null =>
    phone === null ? null : openPhone(vault, phone).replaceAll(/[ -]/gu, '');
  if (PHONE_KINDS.includes(kind)) return number();
  const told = own === null ? {} : (JSON.parse(vault.open(own, ADDRESS_PURPOSE)) as Record<string, string>);
  if (told[kind] !== undefined || !KNOWN_BY_NAME.includes(kind)) return told[kind];
  return by === 'phone' ? number() : username;
}
