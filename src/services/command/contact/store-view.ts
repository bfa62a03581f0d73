import { AppError } from '#base';
import type { Store } from '#contract/command';
import type { Actor } from '#services/context';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

export interface StoreRow {
  readonly id: number;
  readonly platform_id: number;
  readonly platform: Store['platform'];
  readonly place: number;
  readonly scenario: number | null;
  readonly name: string;
  readonly address: string | null;
  readonly lat: number;
  readonly lon: number;
  readonly keeper: Store['keeper'];
  readonly items: Store['items'];
  readonly checked_at: number | null;
  readonly note: string | null;
  readonly simulated: boolean;
  readonly retired_at: number | null;
  readonly version: number;
}

/** Stores the caller may see, as `suffix` picks and sorts them. `e` is the store. */
export async function loadStores(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly StoreRow[]> {
  const { rows } = await sql<StoreRow>`
    select e.*, json_build_object('code', p.code, 'name', p.name) as platform,
      (select json_build_object('id', c.id, 'name', c.name, 'phoneMasked', c.phone_masked) from contact c
        where c.id = e.keeper_id) as keeper
    from (select e.* from emergency_store e ${suffix}) e join platform p on p.id = e.platform_id order by e.id`.execute(
    tx,
  );
  return rows;
}

/** One store. Throws `record.not-found`. */
export async function loadStore(tx: Tx, id: number): Promise<StoreRow> {
  const [row] = await loadStores(tx, sql`where e.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '物资库', id });
  return row;
}

export function showStore(row: StoreRow, { rights }: Actor): Store {
  return {
    id: row.id,
    platform: row.platform,
    name: row.name,
    address: row.address,
    lat: row.lat,
    lon: row.lon,
    keeper: row.keeper,
    items: row.items,
    checkedAt: row.checked_at,
    note: row.note,
    simulated: row.simulated,
    retiredAt: row.retired_at,
    version: row.version,
    allowedActions: rights.mayAt('contact.manage', row) ? ['edit', 'retire'] : [],
  };
}
