import { AppError } from '#base';
import type { commandRoutes, Contact } from '#contract/command';
import { audit, openPhone, type RequestContext, sealPhone } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { findPlatform } from '../find-platform.ts';
import { type ContactRow, loadContact, showContact } from './contact-view.ts';

type CreateBody = z.output<typeof commandRoutes.createContact.body>;
type UpdateBody = z.output<typeof commandRoutes.updateContact.body>;

/** Enters a contact into a platform's book. Throws `record.not-found`, `access.denied`. */
export async function createContact(
  context: RequestContext,
  { body }: { readonly body: CreateBody },
): Promise<Contact> {
  context.authorize('contact.manage');
  return context.transaction(async (tx) => {
    const { id: platform, place, scenario } = await findPlatform(tx, body.platform);
    context.authorizeRecord('contact.manage', { place, scenario });
    await requireTeam(tx, body.team);
    const { name, unit, title, phonePublic, tags, team, note } = body;
    const phone = phoneColumns(context, body.phone, phonePublic);
    const { rows } = await sql<{ id: number }>`
      insert into contact (platform_id, place, scenario, name, unit, title, phone_sealed, phone_masked, phone_public, tags,
        team_id, note)
      values (${platform}, ${place}, ${scenario}, ${name}, ${unit}, ${title}, ${phone.sealed}, ${phone.masked},
        ${phonePublic}, ${unique(tags)}, ${team}, ${note}) returning id`.execute(tx);
    const id = rows[0]?.id ?? 0;
    const after = { ...body, phone: phone.masked };
    await audit(context, tx, { action: 'contact.create', subject: `contact/${id}`, after, place, scenario });
    return showContact(await loadContact(tx, id), context.actor);
  });
}

/** Changes a contact; a number that is not given stays. Throws `record.not-found`, `access.denied`, `record.changed`. */
export async function updateContact(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: UpdateBody },
): Promise<Contact> {
  context.authorize('contact.manage');
  const { id } = params;
  return context.transaction(async (tx) => {
    const before = await loadContact(tx, id);
    context.authorizeRecord('contact.manage', before);
    if (body.team !== before.team?.id) await requireTeam(tx, body.team);
    const { name, unit, title, phonePublic, tags, team, note } = body;
    const phone = phoneOf(context, before, body);
    const retired = body.retired ? new Date(before.retired_at ?? context.now()) : null;
    const saved = await sql`
      update contact set name = ${name}, unit = ${unit}, title = ${title}, phone_sealed = ${phone.sealed},
        phone_masked = ${phone.masked}, phone_public = ${phonePublic}, tags = ${unique(tags)}, team_id = ${team},
        note = ${note}, retired_at = ${retired}, version = version + 1
      where id = ${id} and version = ${body.version}`.execute(tx);
    if (saved.numAffectedRows === 0n) throw new AppError('record.changed');
    const { place, scenario } = before;
    await audit(context, tx, {
      action: body.retired && before.retired_at === null ? 'contact.retire' : 'contact.edit',
      subject: `contact/${id}`,
      before: {
        name: before.name,
        unit: before.unit,
        title: before.title,
        phone: before.phone_masked,
        tags: before.tags,
      },
      after: { ...body, phone: phone.masked },
      place,
      scenario,
    });
    return showContact(await loadContact(tx, id), context.actor);
  });
}

/** The number as it is to stand. One that is not given stays; it is shown anew from its seal. */
function phoneOf(context: RequestContext, before: ContactRow, { phone, phonePublic }: UpdateBody) {
  if (phone !== undefined) return phoneColumns(context, phone, phonePublic);
  const { phone_sealed: sealed, phone_public: wasPublic } = before;
  // Else whoever keeps the book could read a person's number without a trace.
  if (phonePublic && !wasPublic && sealed !== null) {
    throw new AppError('input.invalid', { issues: '改为公开号码时，phone 须重新填写' });
  }
  return phoneColumns(context, sealed === null ? null : openPhone(context.vault, sealed), phonePublic);
}

/** A hotline's number is nobody's secret; it is sealed all the same, and shown as it is. */
function phoneColumns(context: RequestContext, phone: string | null, isPublic: boolean) {
  const { phone_sealed: sealed, phone_masked: masked } = sealPhone(context.vault, phone);
  return { sealed, masked: isPublic ? phone : masked };
}

function unique(tags: readonly string[]): string[] {
  return [...new Set(tags)];
}

async function requireTeam(tx: Tx, team: number | null): Promise<void> {
  if (team === null) return;
  const { rows } = await sql`select from team where id = ${team} and disbanded_at is null`.execute(tx);
  if (rows.length === 0) throw new AppError('record.not-found', { what: '班组', id: team });
}
