import { AppError } from '#base';
import {
  type Channel,
  channelSettings,
  type ChannelSettings,
  type notificationRoutes,
} from '#contract/command';
import { audit, cutPage, readIdCursor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform } from '../find-platform.ts';
import { type ChannelRow, loadChannels, showChannel } from './channel-view.ts';
import { sealChannel, secretsOf } from './open-channel.ts';

type Routes = typeof notificationRoutes;
interface ById {
  readonly params: { readonly id: number };
}

/** A page of the channels within the caller's platforms. */
export async function listChannels(
  context: RequestContext,
  { query }: { readonly query: z.output<Routes['listChannels']['query']> },
): Promise<{ items: Channel[]; next: string | null }> {
  context.authorize('channel.manage');
  return context.transaction(async (tx) => {
    const after = readIdCursor(query.after);
    const rows = await loadChannels(tx, sql`c.id > ${after} order by c.id limit ${query.limit + 1}`);
    const { page, next } = cutPage(rows, query.limit, ({ id }) => String(id));
    return { items: page.map((row) => showChannel(context.vault, row)), next };
  });
}

/** Makes a channel of a platform. Throws `record.not-found`, `access.denied`. */
export async function createChannel(
  context: RequestContext,
  { body }: { readonly body: z.output<Routes['createChannel']['body']> },
): Promise<Channel> {
  context.authorize('channel.manage');
  return context.transaction(async (tx) => {
    const platform = await findPlatform(tx, body.platform);
    context.authorizeRecord('channel.manage', platform);
    const { settings, secret_sealed, kind } = sealChannel(context.vault, body.settings);
    const { id } = await tx
      .insertInto('channel')
      .values({
        platform_id: platform.id,
        place: platform.place,
        scenario: platform.scenario,
        kind,
        name: body.name,
        settings: JSON.stringify(settings),
        secret_sealed,
        address_by: body.addressBy,
        rate_per_minute: body.ratePerMinute,
        dry_run: body.dryRun,
        created_by: context.actor.username,
        created_at: new Date(context.now()),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const row = await lockChannel(context, tx, id);
    await audit(context, tx, { action: 'channel.create', ...subjectOf(row), after: factsOf(row) });
    return showChannel(context.vault, row);
  });
}

/** Changes a channel; switching it on in earnest stands in the audit. Throws `record.not-found`, `record.changed`, `input.invalid`. */
export async function updateChannel(
  context: RequestContext,
  { params, body }: ById & { readonly body: z.output<Routes['updateChannel']['body']> },
): Promise<Channel> {
  context.authorize('channel.manage');
  return context.transaction(async (tx) => {
    const before = await lockChannel(context, tx, params.id);
    if (before.version !== body.version) throw new AppError('record.changed');
    const { settings, secret_sealed } = sealChannel(
      context.vault,
      changedSettings(context, before, body.settings),
    );
    await sql`update channel set name = ${body.name}, settings = ${JSON.stringify(settings)}::jsonb, secret_sealed = ${secret_sealed},
        address_by = ${body.addressBy}, rate_per_minute = ${body.ratePerMinute}, dry_run = ${body.dryRun}, enabled = ${body.enabled},
        -- Whoever has just mended it is not made to wait for the next probe.
        probe_at = case when down_since is not null then ${new Date(context.now())}::timestamptz end, version = version + 1
      where id = ${params.id}`.execute(tx);
    const row = await lockChannel(context, tx, params.id);
    await audit(context, tx, {
      action: 'channel.update',
      ...subjectOf(row),
      before: factsOf(before),
      after: { ...factsOf(row), changed: Object.keys(body.settings) },
    });
    return showChannel(context.vault, row);
  });
}

/** Takes a channel away; what waits on it goes elsewhere. Throws `record.not-found`. */
export async function removeChannel(
  context: RequestContext,
  { params }: ById,
): Promise<{ removed: boolean }> {
  context.authorize('channel.manage');
  return context.transaction(async (tx) => {
    const row = await lockChannel(context, tx, params.id);
    await tx
      .updateTable('channel')
      .set({ removed_at: new Date(context.now()) })
      .where('id', '=', params.id)
      .execute();
    await audit(context, tx, { action: 'channel.remove', ...subjectOf(row), before: factsOf(row) });
    return { removed: true };
  });
}

/** A channel that is to be changed, held until the end of the transaction. Throws `record.not-found`. */
export async function lockChannel(context: RequestContext, tx: Tx, id: number): Promise<ChannelRow> {
  await sql`select from channel where id = ${id} for update`.execute(tx);
  const [row] = await loadChannels(tx, sql`c.id = ${id}`);
  if (!row) throw new AppError('record.not-found', { what: '通知通道', id });
  context.authorizeRecord('channel.manage', row);
  return row;
}

/** A secret that is absent or empty stays as it is. */
function changedSettings(
  { vault }: RequestContext,
  row: ChannelRow,
  given: Readonly<Record<string, unknown>>,
): ChannelSettings {
  const told = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== '' && value !== undefined),
  );
  const parsed = channelSettings.safeParse({
    ...row.settings,
    ...secretsOf(vault, row),
    ...told,
    kind: row.kind,
  });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}：${message}`).join('；');
  throw new AppError('input.invalid', { issues });
}

const subjectOf = ({ id, place, scenario }: ChannelRow) => ({ subject: `channel/${id}`, place, scenario });
const factsOf = (row: ChannelRow): object => ({
  kind: row.kind,
  name: row.name,
  dryRun: row.dry_run,
  enabled: row.enabled,
  ratePerMinute: row.rate_per_minute,
});
