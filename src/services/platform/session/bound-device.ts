import { createHmac } from 'node:crypto';

import type { BoundDevice } from '#contract/platform';
import type { Tx, Vault } from '#storage';
import { sql } from 'kysely';

import { hashToken } from './token-text.ts';

const DAY_MS = 86_400_000;
/** A device that nobody used for a month is forgotten, and every one after ninety days. */
const UNUSED_MS = 30 * DAY_MS;
export const BOUND_MS = 90 * DAY_MS;
export const WRONG_PINS = 5;

export interface Bound {
  readonly id: number;
  readonly account_id: number;
  readonly name: string;
  readonly wrong_pins: number;
}

/** The device of a cookie's secret, as long as the binding holds. */
export async function findBoundDevice(
  tx: Tx,
  secret: string | undefined,
  now: number,
): Promise<Bound | undefined> {
  if (secret === undefined) return undefined;
  return tx
    .selectFrom('bound_device')
    .select(['id', 'account_id', 'name', 'wrong_pins'])
    .where('secret_hash', '=', hashToken(secret))
    .where('ended_at', 'is', null)
    .where(sql<boolean>`expires_at > ${new Date(now)}`)
    .where(sql<boolean>`last_used_at > ${new Date(now - UNUSED_MS)}`)
    .executeTakeFirst();
}

/** The bound devices of an account whose binding holds. */
export async function loadBoundDevices(
  tx: Tx,
  asked: { readonly account: number; readonly now: number; readonly current: number | undefined },
): Promise<BoundDevice[]> {
  const rows = await tx
    .selectFrom('bound_device')
    .select(['id', 'name', 'client', 'address', 'bound_at', 'last_used_at', 'expires_at'])
    .where('account_id', '=', asked.account)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`expires_at > ${new Date(asked.now)}`)
    .where(sql<boolean>`last_used_at > ${new Date(asked.now - UNUSED_MS)}`)
    .orderBy('last_used_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    client: row.client,
    address: row.address,
    boundAt: row.bound_at,
    lastUsedAt: row.last_used_at,
    expiresAt: Math.min(row.expires_at, row.last_used_at + UNUSED_MS),
    current: row.id === asked.current,
  }));
}

/** Ends bindings and the sessions that run on them. */
export async function endBindings(tx: Tx, devices: readonly number[], now: number): Promise<void> {
  if (devices.length === 0) return;
  await tx.deleteFrom('session').where('bound_device_id', 'in', devices).execute();
  await tx
    .updateTable('bound_device')
    .set({ ended_at: new Date(now) })
    .where('id', 'in', devices)
    .execute();
}

/** What is hashed of a PIN. A million PINs are tried out in hours; without the vault's key, which is not in the tables, they are not. */
export function pinText(vault: Vault, pin: string): string {
  return createHmac('sha256', vault.derive('pin')).update(pin).digest('base64');
}
