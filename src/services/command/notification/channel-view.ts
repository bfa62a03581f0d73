import type { Channel } from '#contract/command';
import { CHANNEL_KIND_TEXT, type ChannelKind } from '#model/command';
import type { Tx, Vault } from '#storage';
import { type RawBuilder, sql } from 'kysely';

import { secretsOf } from './open-channel.ts';

export interface ChannelRow {
  readonly id: number;
  readonly platform: { readonly code: string; readonly name: string };
  readonly place: number;
  readonly scenario: number | null;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secret_sealed: string | null;
  readonly address_by: 'username' | 'phone';
  readonly rate_per_minute: number;
  readonly dry_run: boolean;
  readonly enabled: boolean;
  readonly down_since: number | null;
  readonly last_failure: string | null;
  readonly last_failure_at: number | null;
  readonly last_sent_at: number | null;
  readonly refused_receipts: number;
  readonly refused_receipt_at: number | null;
  readonly waiting: number;
  readonly created_by: string;
  readonly version: number;
}

/** Channels the caller sees, as `suffix` picks and sorts them (`c` is the channel). */
export async function loadChannels(tx: Tx, suffix: RawBuilder<unknown>): Promise<readonly ChannelRow[]> {
  const { rows } = await sql<ChannelRow>`
    select c.id, c.place, c.scenario, c.kind, c.name, c.settings, c.secret_sealed, c.address_by, c.rate_per_minute, c.dry_run, c.enabled,
      c.down_since, c.last_failure, c.last_failure_at, c.last_sent_at, c.refused_receipts, c.refused_receipt_at, c.created_by, c.version,
      json_build_object('code', p.code, 'name', p.name) as platform,
      (select count(*) from notification n where n.channel_id = c.id and n.state in ('queued', 'limited')) as waiting
    from channel c join platform p on p.id = c.platform_id where c.removed_at is null and ${suffix}`.execute(
    tx,
  );
  return rows;
}

export function showChannel(vault: Vault, row: ChannelRow): Channel {
  return {
    id: row.id,
    platform: row.platform,
    kind: row.kind,
    kindText: CHANNEL_KIND_TEXT[row.kind],
    name: row.name,
    settings: row.settings,
    secrets: Object.keys(secretsOf(vault, row)),
    addressBy: row.address_by,
    ratePerMinute: row.rate_per_minute,
    dryRun: row.dry_run,
    enabled: row.enabled,
    condition: conditionOf(row),
    downSince: row.down_since,
    lastFailure: row.last_failure,
    lastFailureAt: row.last_failure_at,
    lastSentAt: row.last_sent_at,
    refusedReceipts: row.refused_receipts,
    refusedReceiptAt: row.refused_receipt_at,
    waiting: row.waiting,
    receiptPath: `/api/v1/notification-receipts/${row.id}`,
    createdBy: row.created_by,
    version: row.version,
  };
}

function conditionOf(row: ChannelRow): Channel['condition'] {
  if (!row.enabled) return 'off';
  if (row.dry_run) return 'dry-run';
  if (row.down_since !== null) return 'down';
  return row.last_sent_at === null ? 'unproven' : 'well';
}
