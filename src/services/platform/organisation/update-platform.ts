import { AppError } from '#base';
import { type organisationRoutes, PLATFORM_FACTS, type PlatformDetail } from '#contract/platform';
import { isPhone } from '#model/platform';
import { announce, audit, type RequestContext, sealPhone } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform, type PlatformRow } from './find-platform.ts';
import { FACT_COLUMNS, loadContacts, showPlatform } from './platform-view.ts';

type Params = z.output<typeof organisationRoutes.updatePlatform.params>;
type Body = z.output<typeof organisationRoutes.updatePlatform.body>;
type Contacts = NonNullable<Body['contacts']>;

/**
 * Changes what people may change of a platform. A fact set to what the standard file says follows the file again.
 * Throws `record.not-found`, `access.denied`, `record.changed`, `input.invalid`.
 */
export async function updatePlatform(
  context: RequestContext,
  { params, body }: { readonly params: Params; readonly body: Body },
): Promise<PlatformDetail> {
  context.authorize('platform.manage');
  checkDates(body);
  return context.transaction(async (tx) => {
    const platform = await findPlatform(tx, params.code);
    context.authorizeRecord('platform.manage', platform);
    const before = await showPlatform(context, tx, platform);
    const facts = { ...before, ...given(body) };
    checkDates(facts);
    await save(context, tx, platform, { version: body.version, facts });
    if (body.contacts) await saveContacts(context, tx, platform, body.contacts);
    const after = await showPlatform(context, tx, platform);
    await audit(context, tx, {
      action: 'platform.update',
      subject: `platform/${platform.code}`,
      before: recorded(before),
      after: recorded(after),
      place: platform.place,
      scenario: platform.scenario,
    });
    await announce(tx, [
      {
        type: 'platform.changed',
        at: context.now(),
        place: platform.place,
        scenario: platform.scenario,
        payload: { id: platform.id },
      },
    ]);
    return after;
  });
}

/** Parts of the body that go their own way. */
const OWN_WAY: ReadonlySet<string> = new Set(['version', 'contacts']);

/** What was sent, without the version and without what was left out. */
function given(body: Body): Partial<PlatformDetail> {
  const facts = Object.entries(body).filter(([name, value]) => !OWN_WAY.has(name) && value !== undefined);
  return Object.fromEntries(facts);
}

function checkDates({
  effectiveFrom,
  effectiveTo,
}: {
  effectiveFrom?: string | null | undefined;
  effectiveTo?: string | null | undefined;
}): void {
  if (effectiveFrom && effectiveTo && effectiveTo < effectiveFrom) {
    throw new AppError('input.invalid', { issues: '生效止日不能早于生效起日' });
  }
}

async function save(
  context: RequestContext,
  tx: Tx,
  { id }: PlatformRow,
  { version, facts }: { readonly version: number; readonly facts: Omit<PlatformDetail, 'contacts'> },
): Promise<void> {
  const columns = PLATFORM_FACTS.map((fact) => [FACT_COLUMNS[fact], facts[fact]] as const);
  const sets = columns.map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  const edited = columns.map(
    ([column, value]) =>
      sql`case when filed ->> ${column} is distinct from ${value}::text then ${column}::text end`,
  );
  const result = await sql`update platform set ${sql.join(sets)},
      edited = array_remove(array[${sql.join(edited)}], null), effective_from = ${facts.effectiveFrom}, effective_to = ${facts.effectiveTo},
      version = version + 1, edited_by = ${context.actor.username}, edited_at = ${new Date(context.now())}
    where id = ${id} and version = ${version}`.execute(tx);
  if (result.numAffectedRows === 0n) throw new AppError('record.changed');
}

/** The list as it is sent becomes the list: entries that are left out go, those with an id keep their number. */
async function saveContacts(
  context: RequestContext,
  tx: Tx,
  { id: platform_id, place, scenario }: PlatformRow,
  contacts: Contacts,
): Promise<void> {
  const known = new Set((await loadContacts(tx, platform_id)).map(({ id }) => id));
  const kept = contacts.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const stranger = kept.find((id) => !known.has(id));
  if (stranger !== undefined)
    throw new AppError('record.not-found', { what: '联系岗位', id: String(stranger) });
  if (new Set(kept).size < kept.length) throw new AppError('input.invalid', { issues: '联系岗位的 id 重复' });
  await sql`delete from platform_contact where platform_id = ${platform_id} and id <> all(${kept}::int[])`.execute(
    tx,
  );
  for (const [position, { id, post, unit = null, note = null, phone }] of contacts.entries()) {
    if (typeof phone === 'string' && !isPhone(phone)) {
      throw new AppError('input.invalid', { issues: `“${post}”的电话不是有效的号码` });
    }
    const facts = { position, post, unit, note };
    const sealed = phone === undefined ? {} : sealPhone(context.vault, phone);
    if (id !== undefined) {
      await tx
        .updateTable('platform_contact')
        .set({ ...facts, ...sealed })
        .where('id', '=', id)
        .execute();
    } else {
      await tx
        .insertInto('platform_contact')
        .values({ platform_id, place, scenario, phone_sealed: null, phone_masked: null, ...facts, ...sealed })
        .execute();
    }
  }
}

function recorded(platform: PlatformDetail): object {
  const { name, department, unit, technicalUnit, note, effectiveFrom, effectiveTo, contacts } = platform;
  return { name, department, unit, technicalUnit, note, effectiveFrom, effectiveTo, contacts };
}
