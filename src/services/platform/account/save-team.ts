import { AppError } from '#base';
import type { deputyRoutes, Team } from '#contract/platform';
import { audit, type RequestContext, sealPhone } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { forgetPeople } from './forget-people.ts';
import { keepingSeparation } from './separation.ts';
import { loadTeams, showTeam, type TeamRow } from './team-view.ts';
import { beyond, faultsOf, type HeldRole, loadSeats, seatRoles } from './wanted-grants.ts';

type Opening = z.output<typeof deputyRoutes.openTeam.body>;
type Change = z.output<typeof deputyRoutes.changeTeam.body>;

/** Sets up a team whose members hold its field roles together. Throws `record.exists`, `team.faulty`, `access.denied`. */
export async function openTeam(context: RequestContext, { body }: { readonly body: Opening }): Promise<Team> {
  context.authorize('roster.manage');
  const { team, people } = await keepingSeparation(() =>
    context.transaction(async (tx) => {
      const seat = (await loadSeats(tx, [body.platform])).get(body.platform);
      if (!seat || seat.place === null)
        throw new AppError('record.not-found', { what: '平台', id: body.platform });
      context.authorizeRecord('roster.manage', seat);
      const { code, name, unit, note } = body;
      const sealed = sealPhone(context.vault, body.phone);
      const { rows } = await sql<{ id: number }>`
        insert into team (code, name, platform_id, place, scenario, unit, phone_sealed, phone_masked, note, created_at)
        values (${code}, ${name}, ${seat.id}, ${seat.place}, ${seat.scenario}::int2, ${unit}, ${sealed.phone_sealed},
          ${sealed.phone_masked}, ${note}, ${new Date(context.now())})
        on conflict (code) do nothing returning id`.execute(tx);
      const id = rows[0]?.id;
      if (id === undefined) throw new AppError('record.exists', { what: '班组', id: code });
      return finish(context, tx, { id, body, before: null, action: 'team.open' });
    }),
  );
  forgetPeople(people);
  return team;
}

/** Changes a team, or disbands it: its roles end, what it did stays. Throws also `record.not-found`. */
export async function changeTeam(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Change },
): Promise<Team> {
  context.authorize('roster.manage');
  const { id } = params;
  const { team, people } = await keepingSeparation(() =>
    context.transaction(async (tx) => {
      await sql`select from team where id = ${id} for update`.execute(tx);
      const [row] = await loadTeams(tx, context.now(), sql`where t.id = ${id} and t.disbanded_at is null`);
      if (!row) throw new AppError('record.not-found', { what: '班组', id: String(id) });
      context.authorizeRecord('roster.manage', row);
      const { name, unit, note, disbanded } = body;
      const at = disbanded ? new Date(context.now()) : null;
      await sql`update team set name = ${name}, unit = ${unit}, note = ${note}, disbanded_at = ${at}::timestamptz
        where id = ${id}`.execute(tx);
      if (body.phone !== undefined) {
        const sealed = sealPhone(context.vault, body.phone);
        await sql`update team set phone_sealed = ${sealed.phone_sealed}, phone_masked = ${sealed.phone_masked}
          where id = ${id}`.execute(tx);
      }
      const kept = disbanded ? { ...body, members: [], roles: [] } : body;
      const action = disbanded ? 'team.disband' : 'team.change';
      return finish(context, tx, { id, body: kept, before: row, action });
    }),
  );
  forgetPeople(people);
  return team;
}

interface Saving {
  readonly id: number;
  readonly body: Pick<Change, 'members' | 'roles'>;
  readonly before: TeamRow | null;
  readonly action: string;
}

/** Sets members and roles; `people` are all whose rights may have changed. */
async function finish(
  context: RequestContext,
  tx: Tx,
  saving: Saving,
): Promise<{ readonly team: Team; readonly people: readonly number[] }> {
  const { id, body, before, action } = saving;
  await setMembers(context, tx, id, body.members);
  await setRoles(context, tx, id, body.roles);
  const [after] = await loadTeams(tx, context.now(), sql`where t.id = ${id}`);
  if (!after) throw new Error('a team that was written is not found');
  await audit(context, tx, {
    action,
    subject: `team/${after.code}`,
    before: before && facts(before),
    after: facts(after),
    place: after.place,
    scenario: after.scenario,
  });
  const people = [...(before?.members ?? []), ...after.members].map((member) => member.id);
  return { team: showTeam(context, after), people };
}

/** Open accounts of persons, wherever they are at home: teams are put together across villages and firms. */
async function setMembers(
  context: RequestContext,
  tx: Tx,
  team: number,
  members: Change['members'],
): Promise<void> {
  const { rows } = await sql<{ username: string; id: number | null; leader: boolean; usable: boolean }>`
    select g.username, s.id, g.leader, coalesce(s.is_person and s.is_open, false) as usable
    from json_to_recordset(${JSON.stringify(members)}::json) as g(username text, leader boolean)
    left join lateral person_standing(g.username, ${new Date(context.now())}) s on true`.execute(tx);
  const unusable = rows.filter(({ usable }) => !usable).map(({ username }) => username);
  refuse([
    ...unusable.map((username) => `没有可用的账号“${username}”，或它已停用`),
    ...(new Set(members.map(({ username }) => username)).size < members.length ? ['成员重复了'] : []),
    ...(members.filter(({ leader }) => leader).length > 1 ? ['组长只能有一位'] : []),
  ]);
  const given = JSON.stringify(rows.map(({ id, leader }) => ({ id, leader })));
  await sql`delete from team_member where team_id = ${team}
    and account_id not in (select id from json_to_recordset(${given}::json) as g(id int))`.execute(tx);
  await sql`insert into team_member (team_id, account_id, is_leader)
    select ${team}, id, leader from json_to_recordset(${given}::json) as g(id int, leader boolean)
    on conflict (team_id, account_id) do update set is_leader = excluded.is_leader`.execute(tx);
}

async function setRoles(
  context: RequestContext,
  tx: Tx,
  team: number,
  wanted: Change['roles'],
): Promise<void> {
  const seats = await loadSeats(
    tx,
    wanted.map(({ platform }) => platform),
  );
  const { roles, unknown } = seatRoles(
    wanted.map((one) => ({ ...one, validTo: null })),
    seats,
  );
  refuse([...unknown, ...faultsOf(roles), ...beyond(context.actor.rights, 'roster.manage', roles)]);
  const at = new Date(context.now());
  const given = JSON.stringify(roles.map(rowOf));
  await sql`update role_assignment r set valid_to = greatest(valid_from, ${at}), ended_at = ${at}
    where team_id = ${team} and (valid_to is null or valid_to > ${at}) and not exists (
      select from json_to_recordset(${given}::json) as g(role text, platform int)
      where g.role = r.role and g.platform = r.platform_id)`.execute(tx);
  await sql`insert into role_assignment (team_id, role, platform_id, place, scenario, valid_from, granted_by)
    select ${team}, g.role, g.platform, g.place, g.scenario, ${at}, ${context.actor.username}
    from json_to_recordset(${given}::json) as g(role text, platform int, place int, scenario int2)
    on conflict (team_id, role, platform_id) where team_id is not null do update set valid_to = null, ended_at = null,
      valid_from = case when role_assignment.valid_to <= ${at} then excluded.valid_from
        else role_assignment.valid_from end`.execute(tx);
}

function rowOf({ role, seat }: HeldRole): object {
  return { role, platform: seat.id, place: seat.place, scenario: seat.scenario };
}

function facts({ name, unit, phone_masked: phone, note, members, roles, disbanded_at }: TeamRow): object {
  return {
    name,
    unit,
    phone,
    note,
    members: members.map(({ username, leader }) => (leader ? `${username}（组长）` : username)),
    roles: roles.map(({ role, platform }) => `${role}@${platform}`),
    disbanded: disbanded_at !== null,
  };
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new AppError('team.faulty', { faults: faults.join('；') });
}
