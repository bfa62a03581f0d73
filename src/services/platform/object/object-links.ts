import { AppError } from '#base';
import type { linkRoutes, ObjectLink } from '#contract/platform';
import { announce, audit, type RequestContext, placedFor, type Standing } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

type Put = typeof linkRoutes.putObjectLinks;
interface Links {
  readonly items: ObjectLink[];
}

/** Objects an object is linked to, whichever end it was written at. Throws `record.not-found`. */
export async function listObjectLinks(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<Links> {
  context.authorize('object.read');
  return context.transaction(async (tx) => {
    await findObject(tx, params.id);
    return { items: await loadLinks(tx, params.id) };
  });
}

/**
 * Replaces the links that are written at an object, as far as the caller sees their other ends; composite signs see the new ones at
 * once. The other objects must be within the caller's sight. Throws `record.not-found`, `access.denied`, `input.invalid`.
 */
export async function putObjectLinks(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Put['params']>; readonly body: z.output<Put['body']> },
): Promise<Links> {
  context.authorize('object.manage');
  return context.transaction(async (tx) => {
    const { code, ...standing } = await findObject(tx, params.id);
    const placed = placedFor(context, 'object.manage', standing);
    context.authorizeRecord('object.manage', placed);
    const wanted = await linkedObjects(tx, params.id, body.links);
    const before = await loadLinks(tx, params.id);
    // A link to an object out of the caller's sight was not among those he was shown: it stays.
    await sql`delete from object_link l where l.from_object = ${params.id}
      and exists (select from monitored_object o where o.id = l.to_object)`.execute(tx);
    const rows = [...wanted].map(([to, kind]) => ({ from_object: params.id, to_object: to, kind }));
    if (rows.length > 0) await tx.insertInto('object_link').values(rows).execute();
    const after = await loadLinks(tx, params.id);
    await audit(context, tx, { action: 'object.link', subject: `object/${code}`, before, after, ...placed });
    const seen = [...new Set([...before, ...after].map(({ id }) => id))];
    const payload = { id: params.id, state: 'linked', seen };
    await announce(tx, [{ type: 'object.changed', at: context.now(), ...placed, payload }]);
    return { items: after };
  });
}

async function findObject(tx: Tx, id: number): Promise<Standing & { readonly code: string }> {
  const found = await tx
    .selectFrom('monitored_object')
    .select(['code', 'place', 'scenarios'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) throw new AppError('record.not-found', { what: '监测对象', id: String(id) });
  return found;
}

/** The kind of each wanted link, by the other object. */
async function linkedObjects(
  tx: Tx,
  self: number,
  links: z.output<Put['body']>['links'],
): Promise<ReadonlyMap<number, (typeof links)[number]['kind']>> {
  const codes = links.map(({ object }) => object);
  const rows = await tx
    .selectFrom('monitored_object')
    .select(['id', 'code'])
    .where('code', 'in', [...codes, ''])
    .execute();
  const ids = new Map(rows.map(({ id, code }) => [code, id]));
  const faults = codes.flatMap((code) => {
    if (codes.indexOf(code) !== codes.lastIndexOf(code)) return [`“${code}”写了两次`];
    if (ids.get(code) === self) return ['对象不能与自己关联'];
    return ids.has(code) ? [] : [`没有编码为“${code}”的监测对象，或您看不到它`];
  });
  if (faults.length > 0) throw new AppError('input.invalid', { issues: [...new Set(faults)].join('；') });
  return new Map(links.map(({ object, kind }) => [ids.get(object) ?? 0, kind]));
}

/** Of those within the caller's sight. */
async function loadLinks(tx: Tx, id: number): Promise<ObjectLink[]> {
  const { rows } = await sql<ObjectLink>`
    select o.id, o.code, o.name, l.kind, l.from_object = ${id} as own
    from object_link l join monitored_object o on o.id = case when l.from_object = ${id} then l.to_object else l.from_object end
    where ${id} in (l.from_object, l.to_object) order by own desc, o.code`.execute(tx);
  return rows;
}
