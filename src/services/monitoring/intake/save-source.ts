import { randomBytes } from 'node:crypto';

import { AppError } from '#base';
import type { intakeRoutes, IntakeSource } from '#contract/monitoring';
import type { IntakeAuth, IntakeKind, IntakeSettings } from '#model/monitoring';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { SECRET_PURPOSE } from './open-source.ts';
import { loadSources } from './source-view.ts';

type Create = z.output<typeof intakeRoutes.createIntakeSource.body>;
type Update = z.output<typeof intakeRoutes.updateIntakeSource.body>;

export interface SavedSource {
  readonly source: IntakeSource;
  /** Told once, where it is new. */
  readonly secret: string | null;
}

/** Registers a source at a platform. Throws `record.not-found`, `access.denied`, `record.exists`, `input.invalid`. */
export async function createSource(
  context: RequestContext,
  { body }: { readonly body: Create },
): Promise<SavedSource> {
  context.authorize('device.manage');
  check(body.kind, body.auth, body.settings);
  const secret = body.secret ?? newSecret();
  return context.transaction(async (tx) => {
    const home = await homeOf(tx, body.platform);
    context.authorizeRecord('device.manage', home);
    const { platform_id, place, scenario } = home;
    const { code, kind, name, auth, addresses, settings, simulated } = body;
    const row = await tx
      .insertInto('intake_source')
      .values({
        code,
        kind,
        name,
        auth,
        addresses,
        simulated,
        platform_id,
        place,
        scenario,
        settings: JSON.stringify(settings),
        secret_sealed: context.vault.seal(secret, SECRET_PURPOSE),
        created_by: context.actor.name,
        created_at: new Date(context.now()),
      })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('record.exists', { what: '接入源', id: code });
    const source = await viewOf(tx, row.id);
    const subject = `intake-source/${code}`;
    await audit(context, tx, { action: 'intake-source.create', subject, after: source, place, scenario });
    return { source, secret };
  });
}

/** Changes a source, or its secret. Throws `record.not-found`, `access.denied`, `record.changed`, `input.invalid`. */
export async function updateSource(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Update },
): Promise<SavedSource> {
  context.authorize('device.manage');
  return context.transaction(async (tx) => {
    const { code, kind, place, scenario } = await lockSource(context, tx, params.id, body.version);
    check(kind, body.auth, body.settings);
    const before = await viewOf(tx, params.id);
    const secret = body.secret ?? (body.renew ? newSecret() : null);
    await tx
      .updateTable('intake_source')
      .set({
        name: body.name,
        auth: body.auth,
        addresses: body.addresses,
        settings: JSON.stringify(body.settings),
        enabled: body.enabled,
        version: body.version + 1,
        ...(secret === null ? {} : { secret_sealed: context.vault.seal(secret, SECRET_PURPOSE) }),
      })
      .where('id', '=', params.id)
      .execute();
    const source = await viewOf(tx, params.id);
    await audit(context, tx, {
      action: secret === null ? 'intake-source.update' : 'intake-source.renew-secret',
      subject: `intake-source/${code}`,
      before,
      after: source,
      place,
      scenario,
    });
    return { source, secret };
  });
}

/** The source, locked, where the caller may change it. `version` is what the caller has seen. */
export async function lockSource(
  context: RequestContext,
  tx: Tx,
  id: number,
  version?: number,
): Promise<{
  readonly code: string;
  readonly kind: IntakeKind;
  readonly place: number | null;
  readonly scenario: number | null;
}> {
  const row = await tx
    .selectFrom('intake_source')
    .select(['code', 'kind', 'place', 'scenario', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError('record.not-found', { what: '接入源', id });
  context.authorizeRecord('device.manage', row);
  if (version !== undefined && row.version !== version) throw new AppError('record.changed');
  return row;
}

function check(kind: IntakeKind, auth: IntakeAuth, settings: IntakeSettings): void {
  const issues = [
    auth === 'onenet' && kind !== 'onenet' ? 'OneNET 签名只用于 OneNET 的接入源' : [],
    kind === 'video' && settings.mapping === undefined ? '视频接入源须有取值表' : [],
  ].flat();
  if (issues.length > 0) throw new AppError('input.invalid', { issues: issues.join('；') });
}

/** 32 letters and digits that need no escaping in an address. */
function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

async function viewOf(tx: Tx, id: number): Promise<IntakeSource> {
  const [source] = await loadSources(tx, sql`where s.id = ${id}`);
  if (!source) throw new AppError('record.not-found', { what: '接入源', id });
  return source;
}

async function homeOf(tx: Tx, code: string) {
  const row = await tx
    .selectFrom('platform')
    .select(['id as platform_id', 'place', 'scenario'])
    .where('code', '=', code)
    .executeTakeFirst();
  if (!row) throw new AppError('record.not-found', { what: '平台', id: code });
  return row;
}
