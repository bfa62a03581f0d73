import { type ChannelKind, KNOWN_BY_NAME, PHONE_KINDS } from '#model/command';
import { rankOf } from '#model/warning';
import type { Tx } from '#storage';
import type { QuietHours } from '#workflow';
import { sql } from 'kysely';

const RED = rankOf('red');

/** Somebody who is to be told, and by what they can be reached. */
export interface Addressee {
  readonly key: string;
  readonly account_id: number | null;
  readonly contact_id: number | null;
  readonly post_id: number | null;
  readonly name: string;
  readonly quiet: QuietHours | null;
  /** `rank`: how grave what is told is (0–4); of red nobody is spared a way. */
  reaches(kind: ChannelKind, rank: number): boolean;
}

interface Row {
  readonly key: string;
  readonly id: number;
  readonly name: string;
  readonly phone: boolean;
  readonly quiet_from: string | null;
  readonly quiet_to: string | null;
  readonly kinds: readonly string[];
  readonly muted: readonly string[];
}

/** The columns of a key: an account, a contact of the book, or a post of a platform. */
export function addressColumns(key: string): Pick<Addressee, 'account_id' | 'contact_id' | 'post_id'> {
  const [kind, id] = key.split(':');
  const of = (one: string): number | null => (kind === one ? Number(id) : null);
  return { account_id: of('account'), contact_id: of('contact'), post_id: of('post') };
}

/** Everybody behind these keys. */
export async function loadAddressees(
  tx: Tx,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Addressee>> {
  if (keys.length === 0) return new Map();
  const ids = keys.map(addressColumns);
  const of = (one: 'account_id' | 'contact_id' | 'post_id'): number[] => ids.flatMap((row) => row[one] ?? []);
  const { rows } = await sql<Row>`
    select 'account:' || a.id as key, a.id, a.name, a.phone_sealed is not null as phone, q.quiet_from, q.quiet_to,
      coalesce(q.address_kinds, '{}') as kinds, coalesce(q.muted_kinds, '{}') as muted
    from account a left join notification_preference q on q.account_id = a.id where a.id = any(${of('account_id')}::int[])
    union all
    select 'contact:' || id, id, name, phone_sealed is not null, null, null, '{}', '{}' from contact
    where id = any(${of('contact_id')}::int[])
    union all
    select 'post:' || id, id, concat_ws(' ', unit, post), phone_sealed is not null, null, null, '{}', '{}' from platform_contact
    where id = any(${of('post_id')}::int[])`.execute(tx);
  return new Map(rows.map((row) => [row.key, addresseeOf(row)]));
}

function addresseeOf(row: Row): Addressee {
  const { key, name, phone, kinds, muted, quiet_from: from, quiet_to: to } = row;
  const columns = addressColumns(key);
  return {
    key,
    ...columns,
    name,
    quiet: from === null || to === null ? null : { from, to },
    reaches: (kind, rank) => {
      if (rank < RED && muted.includes(kind)) return false;
      if (PHONE_KINDS.includes(kind)) return phone;
      if (kinds.includes(kind)) return true;
      return columns.account_id !== null && KNOWN_BY_NAME.includes(kind);
    },
  };
}
