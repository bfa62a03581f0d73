import { type Role, Rights, SELF_TEST_PLACE } from '#model/platform';
import type { Actor, SystemContext } from '#services/context';
import { sql } from 'kysely';

/** The two test persons: one takes an order over and clears it, the other reviews it. */
export interface TestPeople {
  readonly handler: Actor;
  readonly reviewer: Actor;
}

const PEOPLE = {
  handler: { username: 'ziJian.handler', name: '自检处置', role: 'handler' },
  reviewer: { username: 'ziJian.reviewer', name: '自检复核', role: 'business-admin' },
} as const satisfies Record<string, { username: string; name: string; role: Role }>;

/**
 * The test persons, made where they are not there yet. Their accounts cannot sign in and lie in no territory; their rights are
 * given here and reach nothing but self-tests.
 */
export async function openTestPeople(context: SystemContext): Promise<TestPeople> {
  const people = Object.values(PEOPLE);
  return context.transaction(async (tx) => {
    const { rows } = await sql<{ id: number; username: string }>`
      with made as (
        insert into account (username, name, kind, place, password_from_bootstrap, disabled_at, disabled_reason)
        select username, name, 'service', ${SELF_TEST_PLACE}, false, ${new Date(context.now())}::timestamptz, '只供链路自检，不能登录'
        from unnest(${people.map(({ username }) => username)}::text[], ${people.map(({ name }) => name)}::text[]) t(username, name)
        on conflict (username) do nothing returning id, username
      )
      select id, username from made
      union all select id, username from account where username = any(${people.map(({ username }) => username)})
        and place = ${SELF_TEST_PLACE}`.execute(tx);
    const actorOf = ({ username, name, role }: (typeof people)[number]): Actor => {
      const id = rows.find((row) => row.username === username)?.id;
      if (id === undefined) throw new Error(`the name ${username} of a test person is taken`);
      return { accountId: id, username, name, rights: rightsOf(role), address: '127.0.0.1' };
    };
    return { handler: actorOf(PEOPLE.handler), reviewer: actorOf(PEOPLE.reviewer) };
  });
}

function rightsOf(role: Role): Rights {
  const scope = { places: [{ from: SELF_TEST_PLACE, to: SELF_TEST_PLACE }], scenarios: [] };
  return new Rights([{ role, platform: '', platformName: '自检', scope, actingFor: null }]);
}
