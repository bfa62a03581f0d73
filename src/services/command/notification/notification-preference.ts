import { AppError } from '#base';
import type { NotificationPreference, notificationRoutes, OwnWay } from '#contract/command';
import {
  CHANNEL_KIND_TEXT,
  type ChannelKind,
  KNOWN_BY_NAME,
  maskAddress,
  PERSONAL_KINDS,
  PHONE_KINDS,
} from '#model/command';
import { audit, type RequestContext } from '#services/context';
import type { Tx, Vault } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { ADDRESS_PURPOSE } from './load-addresses.ts';

type Routes = typeof notificationRoutes;
type Body = z.output<Routes['putNotificationPreference']['body']>;
/** Proves that it is really I who asks; throws where it is not. */
export type Prove = (password: string) => Promise<void>;

/** When I am not disturbed, and how I can be reached. */
export async function getNotificationPreference(context: RequestContext): Promise<NotificationPreference> {
  context.authorizeSelf();
  return context.transaction((tx) => preferenceOf(context, tx));
}

/**
 * Changes my quiet hours, the ways that I do not want, and my accounts in the channels; these are sealed, and shown again masked only.
 * Throws what a sign-in with this password would throw, `input.invalid` where no way is left.
 */
export async function putNotificationPreference(
  context: RequestContext,
  { body }: { readonly body: Body },
  prove: Prove,
): Promise<NotificationPreference> {
  context.authorizeSelf();
  // A browser's own subscription is given by the browser itself; every other address is where warnings go from now on.
  const moved = Object.keys(body.addresses).filter((kind) => kind !== 'web-push');
  if (moved.length > 0) await prove(body.password ?? '');
  if (PERSONAL_KINDS.every((kind) => body.muted?.includes(kind)))
    throw new AppError('input.invalid', { issues: '至少留一种通知方式' });
  const account = context.actor.accountId;
  return context.transaction(async (tx) => {
    const known = await addressesOf(context.vault, tx, account);
    const addresses = Object.entries({ ...known, ...body.addresses }).filter(([, to]) => to !== '');
    const row = {
      quiet_from: body.quiet?.from ?? null,
      quiet_to: body.quiet?.to ?? null,
      addresses_sealed: context.vault.seal(JSON.stringify(Object.fromEntries(addresses)), ADDRESS_PURPOSE),
      address_kinds: addresses.map(([kind]) => kind),
      ...(body.muted === undefined ? {} : { muted_kinds: body.muted }),
    };
    await tx
      .insertInto('notification_preference')
      .values({ account_id: account, ...row })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
      .execute();
    if (moved.length > 0)
      await audit(context, tx, {
        action: 'notification-address.change',
        subject: `account/${context.actor.username}`,
        after: { kinds: moved },
      });
    return preferenceOf(context, tx);
  });
}

type Addresses = Readonly<Partial<Record<string, string>>>;

async function addressesOf(vault: Vault, tx: Tx, account: number): Promise<Addresses> {
  const row = await tx
    .selectFrom('notification_preference')
    .select('addresses_sealed')
    .where('account_id', '=', account)
    .forUpdate()
    .executeTakeFirst();
  const sealed = row?.addresses_sealed ?? null;
  return sealed === null ? {} : (JSON.parse(vault.open(sealed, ADDRESS_PURPOSE)) as Addresses);
}

interface OwnChannel {
  readonly kind: ChannelKind;
  readonly down: boolean;
  readonly dry_run: boolean;
}

async function preferenceOf({ actor, vault }: RequestContext, tx: Tx): Promise<NotificationPreference> {
  const { accountId: account } = actor;
  const addresses = await addressesOf(vault, tx, account);
  const { rows } = await sql<{
    username: string;
    phone: string | null;
    from: string | null;
    to: string | null;
    muted: string[];
  }>`
    select a.username, a.phone_masked as phone, q.quiet_from as from, q.quiet_to as to, coalesce(q.muted_kinds, '{}') as muted
    from account a left join notification_preference q on q.account_id = a.id where a.id = ${account}`.execute(
    tx,
  );
  const { rows: channels } = await sql<OwnChannel>`select kind, down, dry_run from own_channels()`.execute(
    tx,
  );
  const by = new Map(channels.map((channel) => [channel.kind, channel]));
  const { username = '', phone = null, from = null, to = null, muted = [] } = rows[0] ?? {};
  return {
    quiet: from === null || to === null ? null : { from, to },
    ways: PERSONAL_KINDS.map((kind) => ({
      kind,
      kindText: CHANNEL_KIND_TEXT[kind],
      ...addressOf(kind, { told: addresses[kind], username, phone }),
      channel: conditionOf(by.get(kind)),
      muted: muted.includes(kind),
    })),
  };
}

function addressOf(
  kind: ChannelKind,
  given: { readonly told: string | undefined; readonly username: string; readonly phone: string | null },
): Pick<OwnWay, 'address' | 'source'> {
  if (given.told !== undefined) return { address: maskAddress(kind, given.told), source: 'told' };
  if (PHONE_KINDS.includes(kind))
    return { address: given.phone, source: given.phone === null ? 'none' : 'account' };
  if (KNOWN_BY_NAME.includes(kind)) return { address: given.username, source: 'account' };
  return { address: null, source: 'none' };
}

function conditionOf(channel: OwnChannel | undefined): OwnWay['channel'] {
  if (!channel) return 'none';
  if (channel.dry_run) return 'dry-run';
  return channel.down ? 'down' : 'well';
}
