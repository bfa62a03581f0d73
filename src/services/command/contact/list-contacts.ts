import type { commandRoutes, ContactTeam } from '#contract/command';
import { cutPage, readIdCursor, type RequestContext } from '#services/context';
import { containing, type Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadContacts, showContact } from './contact-view.ts';

type Query = z.output<typeof commandRoutes.listContacts.query>;
type Reply = z.output<typeof commandRoutes.listContacts.reply>;

const MOST_TEAMS = 100;
const MOST_TAGS = 50;

/** A page of the contact book, with the teams that match on the first one. Hotlines stand in every platform's book. */
export async function listContacts(
  context: RequestContext,
  { query }: { readonly query: Query },
): Promise<Reply> {
  context.authorize('duty.read');
  const { platform, search, tag, retired, limit } = query;
  const after = readIdCursor(query.after);
  const pattern = search === undefined || search === '' ? undefined : containing(search);
  const book =
    platform === undefined
      ? sql`true`
      : sql`(c.phone_public or c.platform_id = (select id from platform where code = ${platform}))`;
  const conditions = [
    sql`c.id > ${after} and ${book}`,
    retired === true ? sql`c.retired_at is not null` : sql`c.retired_at is null`,
    tag === undefined || tag === '' ? [] : sql`${tag} = any(c.tags)`,
    pattern === undefined
      ? []
      : sql`(c.name ilike ${pattern} or c.unit ilike ${pattern} or c.title ilike ${pattern}
          or exists (select from unnest(c.tags) t where t ilike ${pattern}))`,
  ].flat();
  return context.transaction(async (tx) => {
    const rows = await loadContacts(
      tx,
      sql`where ${sql.join(conditions, sql` and `)} order by c.id limit ${limit + 1}`,
    );
    const { page, next } = cutPage(rows, limit, (row) => String(row.id));
    const { rows: tags } = await sql<{ tag: string; count: number }>`
      select t as tag, count(*) as count from contact c, unnest(c.tags) t where c.retired_at is null and ${book}
      group by t order by count(*) desc, t limit ${MOST_TAGS}`.execute(tx);
    const first = after === 0 && tag === undefined;
    const teams = first ? await loadTeams(tx, { platform, pattern }) : [];
    return { items: page.map((row) => showContact(row, context.actor)), next, teams, tags };
  });
}

async function loadTeams(
  tx: Tx,
  { platform, pattern }: { readonly platform: string | undefined; readonly pattern: string | undefined },
): Promise<ContactTeam[]> {
  const { rows } = await sql<ContactTeam>`
    select t.id, t.code, t.name, json_build_object('code', p.code, 'name', p.name) as platform, t.unit,
      t.phone_masked as "phoneMasked",
      (select coalesce(json_agg(json_build_object('name', a.name, 'leader', m.is_leader) order by m.is_leader desc, a.id), '[]')
        from team_member m join account_name a on a.id = m.account_id where m.team_id = t.id) as members
    from team t join platform p on p.id = t.platform_id
    where t.disbanded_at is null and (${platform ?? null}::text is null or p.code = ${platform ?? null})
      and (${pattern ?? null}::text is null or t.name ilike ${pattern ?? null} or t.unit ilike ${pattern ?? null})
    order by t.id limit ${MOST_TEAMS}`.execute(tx);
  return rows;
}
