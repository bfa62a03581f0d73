import type { PlatformContact, PlatformDetail, PlatformDuty, PlatformFact } from '#contract/platform';
import type { Capability } from '#model/platform';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import { type PlatformRow, within } from './find-platform.ts';

/** The column of each fact that people may change. */
export const FACT_COLUMNS: Readonly<Record<PlatformFact, string>> = {
  name: 'name',
  department: 'department',
  unit: 'unit',
  technicalUnit: 'technical_unit',
  note: 'note',
};

type Facts = Omit<
  PlatformDetail,
  'path' | 'duties' | 'contacts' | 'content' | 'allowedActions' | 'edited' | 'children'
> & { readonly filed: Readonly<Record<string, string | null>>; readonly edited: readonly string[] };

/** Everything the page of a platform shows, as far as the caller may see it. */
export async function showPlatform(
  context: RequestContext,
  tx: Tx,
  platform: PlatformRow,
): Promise<PlatformDetail> {
  const { filed, edited, ...facts } = await loadFacts(tx, platform.id);
  const content = await loadContent(context, tx, platform);
  return {
    ...facts,
    children: content.children.reduce((sum, { count }) => sum + count, 0),
    edited: Object.entries(FACT_COLUMNS).flatMap(([fact, column]) =>
      edited.includes(column) ? [{ fact: fact as PlatformFact, standard: filed[column] ?? null }] : [],
    ),
    path: await loadPath(tx, platform.id),
    duties: await loadDuties(tx, platform.id),
    contacts: await loadContacts(tx, platform.id),
    content,
    allowedActions: actionsAt(context, platform),
  };
}

const ACTIONS = [
  ['edit', 'platform.manage'],
  ['set', 'setting.manage'],
  ['reveal', 'personal.reveal'],
] as const satisfies readonly (readonly [PlatformDetail['allowedActions'][number], Capability])[];

function actionsAt({ actor }: RequestContext, platform: PlatformRow): PlatformDetail['allowedActions'] {
  return ACTIONS.flatMap(([action, needed]) => (actor.rights.mayAt(needed, platform) ? [action] : []));
}

async function loadFacts(tx: Tx, id: number): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select p.id, p.code, p.name, p.kind, u.code as parent, p.department, p.unit, p.technical_unit as "technicalUnit",
      s.code as scenario, p.inferred, p.place, p.place_to as "placeTo", p.lat, p.lon, p.note, p.effective_from as "effectiveFrom",
      p.effective_to as "effectiveTo", p.version, p.filed, p.edited, p.edited_by as "editedBy", p.edited_at as "editedAt"
    from platform p left join platform u on u.id = p.parent_id left join scenario s on s.id = p.scenario
    where p.id = ${id}`.execute(tx);
  const [found] = rows;
  if (!found) throw new Error(`platform ${id} was found and is gone`);
  return found;
}

async function loadPath(tx: Tx, id: number): Promise<PlatformDetail['path']> {
  const { rows } = await sql<PlatformDetail['path'][number]>`
    with recursive up as (
      select id, parent_id, code, name, kind, 0 as depth from platform where id = ${id}
      union all
      select p.id, p.parent_id, p.code, p.name, p.kind, up.depth + 1 from platform p join up on p.id = up.parent_id
    )
    select code, name, kind from up order by depth desc`.execute(tx);
  return rows;
}

async function loadDuties(tx: Tx, id: number): Promise<PlatformDuty[]> {
  const { rows } = await sql<PlatformDuty>`
    select d.text, d.basis, d.seen as "sourceSeen" from platform_duty d, platform p
    where p.id = ${id} and (
      p.code = any(d.platforms)
      or p.kind = any(d.kinds) and (d.departments is null or p.department = any(d.departments)))
    order by d.position`.execute(tx);
  return rows;
}

export async function loadContacts(tx: Tx, id: number): Promise<PlatformContact[]> {
  const { rows } = await sql<PlatformContact>`
    select id, post, unit, phone_masked as "phoneMasked", note from platform_contact
    where platform_id = ${id} order by position, id`.execute(tx);
  return rows;
}

/** Each count only for whoever may read what is counted; objects and points are kept counts, not counted ones. */
async function loadContent(
  { actor: { rights } }: RequestContext,
  tx: Tx,
  platform: PlatformRow,
): Promise<PlatformDetail['content']> {
  const children = await sql<PlatformDetail['content']['children'][number]>`
    select kind, count(*) as count from platform where parent_id = ${platform.id} group by kind order by min(id)`.execute(
    tx,
  );
  const { rows } = await sql<Omit<PlatformDetail['content'], 'children'>>`
    select coalesce(sum(objects), 0)::int as objects, coalesce(sum(points), 0)::int as points,
      (select count(*) from warning where state = 'open' and ${rights.has('warning.read')}
        and ${within(platform, 'scenario')}) as "openWarnings",
      (select count(*) from work_order where state <> 'closed' and ${rights.has('work-order.read')}
        and ${within(platform, 'scenario')}) as "openWorkOrders"
    from object_tally where ${rights.has('object.read')} and ${within(platform, 'scenarios')}`.execute(tx);
  const [counts] = rows;
  return {
    children: children.rows,
    objects: counts?.objects ?? 0,
    points: counts?.points ?? 0,
    openWarnings: counts?.openWarnings ?? 0,
    openWorkOrders: counts?.openWorkOrders ?? 0,
  };
}
