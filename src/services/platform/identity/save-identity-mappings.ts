import { AppError } from '#base';
import type { IdentityMapping, identityRoutes } from '#contract/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { showMappings } from './list-identity-mappings.ts';
import { type KnownPlatform, loadKnownPlatforms, loadMappings } from './load-mappings.ts';
import { mayHoldAt, REFUSAL_TEXT } from './map-claims.ts';

type Body = z.output<typeof identityRoutes.saveIdentityMappings.body>;
type Reply = z.output<typeof identityRoutes.saveIdentityMappings.reply>;

/**
 * Saves the whole table; lines with id 0 are new, lines that are not named any more go. It counts from everybody's next
 * sign-in. Throws `record.changed` when somebody else saved meanwhile, `identity.mapping-invalid` naming the line,
 * `access.denied` for whoever manages less than the whole district.
 */
export async function saveIdentityMappings(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<Reply> {
  context.authorize('identity.manage');
  return context.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(11, 1)`.execute(tx);
    const root = await tx
      .selectFrom('platform')
      .select('place')
      .where('kind', '=', 'district')
      .executeTakeFirst();
    context.authorizeRecord('identity.manage', { place: root?.place ?? null, scenario: null });
    const before = await loadMappings(tx);
    if (showMappings(before).version !== body.version) throw new AppError('record.changed');
    const platforms = await loadKnownPlatforms(tx);
    const known = new Set(before.map(({ id }) => id));
    body.items.forEach((item, i) => {
      const reason =
        faultOf(item, platforms) ?? (item.id === 0 || known.has(item.id) ? undefined : '没有这一行');
      if (reason !== undefined) throw new AppError('identity.mapping-invalid', { line: i + 1, reason });
    });
    await write(tx, body.items, platforms);
    const after = await loadMappings(tx);
    const record = { action: 'identity.map', subject: 'identity/mappings' };
    await audit(context, tx, { ...record, before: { items: before }, after: { items: after } });
    return showMappings(after);
  });
}

/** What is wrong with a line, in words; undefined when it can be used. */
function faultOf(
  { effect, role, platform, platformClaim }: IdentityMapping,
  platforms: ReadonlyMap<string, KnownPlatform>,
): string | undefined {
  if (effect === 'bar') {
    return role === null && platform === null && platformClaim === null
      ? undefined
      : '“不准登录”的行不写角色和平台';
  }
  if (role === null) return '请选择角色';
  if ((platform === null) === (platformClaim === null))
    return '请写明平台，或写明机构编码所在的声明，二者选一';
  if (platform === null) return undefined;
  const found = platforms.get(platform);
  if (!found) return `没有平台“${platform}”`;
  return mayHoldAt(role, found) ? undefined : REFUSAL_TEXT['wrong-platform'];
}

async function write(
  tx: Tx,
  items: readonly IdentityMapping[],
  platforms: ReadonlyMap<string, KnownPlatform>,
): Promise<void> {
  const rows = JSON.stringify(
    items.map((item) => ({
      ...item,
      platform: item.platform === null ? null : platforms.get(item.platform)?.id,
    })),
  );
  const given = sql`json_to_recordset(${rows}::json) as g(id int, priority int, enabled boolean, effect text, claim text,
    value text, role text, platform int, "platformClaim" text, note text)`;
  await sql`delete from identity_mapping m where not exists (select from ${given} where g.id = m.id)`.execute(
    tx,
  );
  await sql`update identity_mapping m set priority = g.priority, enabled = g.enabled, effect = g.effect, claim = g.claim,
      value = g.value, role = g.role, platform_id = g.platform, platform_claim = g."platformClaim", note = g.note
    from ${given} where g.id = m.id`.execute(tx);
  await sql`insert into identity_mapping (priority, enabled, effect, claim, value, role, platform_id, platform_claim, note)
    select g.priority, g.enabled, g.effect, g.claim, g.value, g.role, g.platform, g."platformClaim", g.note
    from ${given} where g.id = 0`.execute(tx);
}
