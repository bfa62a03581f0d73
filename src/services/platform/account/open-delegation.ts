import { AppError } from '#base';
import type { Delegation, deputyRoutes } from '#contract/platform';
import { type Placed, type Role, SEPARATED_ROLES, separationFaults } from '#model/platform';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { requireSession } from '../session/credential.ts';
import { loadDelegations, showDelegation } from './delegation-view.ts';
import { forgetPeople } from './forget-people.ts';
import { keepingSeparation } from './separation.ts';
import { loadActedRoles, loadHeldRoles } from './wanted-grants.ts';

type Body = z.output<typeof deputyRoutes.openDelegation.body>;

const DAY_MS = 86_400_000;
/** A longer absence is a change of post: that is an account request. */
export const LONGEST_DAYS = 60;
/** "From now" as a page that has been open for a while says it. */
const GRACE_MS = 10 * 60_000;

interface Person extends Placed {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

/**
 * Names a deputy: for oneself, or for somebody in scope. It has a start and an end, and is not passed on: the deputy's own
 * deputies get nothing of it. Throws `record.not-found`, `access.denied`, `delegation.refused`.
 */
export async function openDelegation(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<Delegation> {
  const own = body.principal === undefined || body.principal === context.actor.username;
  if (own) {
    requireSession(context);
    context.authorizeSelf();
  } else context.authorize('delegation.arrange');
  const { shown, deputy } = await keepingSeparation(() =>
    context.transaction(async (tx) => {
      const principal = await principalOf(context, tx, own ? context.actor.username : (body.principal ?? ''));
      if (!own) context.authorizeRecord('delegation.arrange', principal);
      const deputy = await deputyOf(context, tx, body.deputy);
      refuse(spanFault(body, context.now()));
      await check(context, tx, { own, principal, deputy, body });
      const id = await save(context, tx, { principal, deputy, body });
      const [row] = await loadDelegations(tx, sql`where d.id = ${id}`);
      if (!row) throw new Error('a delegation that was written is not found');
      await audit(context, tx, {
        action: 'delegation.open',
        subject: `account/${principal.username}`,
        after: { deputy: deputy.username, from: body.from, to: body.to, reason: body.reason },
        place: principal.place,
        scenario: principal.scenario,
      });
      return { shown: showDelegation(context, row), deputy: deputy.id };
    }),
  );
  forgetPeople([deputy]);
  return shown;
}

async function principalOf(context: RequestContext, tx: Tx, username: string): Promise<Person> {
  const { rows } = await sql<Person & { open: boolean }>`
    select id, username, name, place, scenario, kind = 'person' and disabled_at is null
      and (expires_at is null or expires_at > ${new Date(context.now())}) as open
    from account where username = ${username}`.execute(tx);
  const [found] = rows;
  if (!found) throw new AppError('record.not-found', { what: '账号', id: username });
  if (!found.open) refuse('被代理人的账号已停用或到期');
  return found;
}

async function deputyOf(
  context: RequestContext,
  tx: Tx,
  username: string,
): Promise<Omit<Person, keyof Placed>> {
  const { rows } = await sql<Omit<Person, keyof Placed> & { is_person: boolean; is_open: boolean }>`
    select id, username, name, is_person, is_open from person_standing(${username}, ${new Date(context.now())})`.execute(
    tx,
  );
  const [found] = rows;
  if (!found?.is_person || !found.is_open)
    throw new AppError('delegation.refused', { reason: `没有可以代理的账号“${username}”，或它已停用` });
  return found;
}

function spanFault({ from, to }: Body, now: number): string | undefined {
  if (from < now - GRACE_MS) return '开始时间已经过去';
  if (to <= from || to <= now) return '结束时间须晚于开始时间';
  return to - from > LONGEST_DAYS * DAY_MS ? `代理最长 ${LONGEST_DAYS} 天` : undefined;
}

interface Asked {
  readonly own: boolean;
  readonly principal: Person;
  readonly deputy: Omit<Person, keyof Placed>;
  readonly body: Body;
}

async function check(
  context: RequestContext,
  tx: Tx,
  { own, principal, deputy, body }: Asked,
): Promise<void> {
  if (deputy.id === principal.id) refuse('代理人不能是本人');
  if (!own && deputy.id === context.actor.accountId)
    refuse('不能安排自己去代理别人，请由本人或另一位管理员安排');
  const held = await loadHeldRoles(tx, [principal.id, deputy.id], context.now());
  const passed = held.get(principal.id) ?? [];
  const roles = passed.map(({ role }) => role);
  if (roles.length === 0) refuse('被代理人现在没有角色，没有可以代理的');
  if (!own) checkReach(context, passed);
  const together: Role[] = [...roles, ...(held.get(deputy.id) ?? []).map(({ role }) => role)];
  refuse(separationFaults([...together, ...(await loadActedRoles(tx, deputy.id, context.now()))])[0]);
  const { rows } = await sql<{ id: number }>`
    select id from delegation where principal_id = ${principal.id} and deputy_id = ${deputy.id} and ended_at is null
      and from_at < ${new Date(body.to)} and to_at > ${new Date(body.from)} limit 1`.execute(tx);
  if (rows.length > 0) refuse(`${deputy.name}在这段时间里已经是代理人`);
}

/** Who arranges for another gives rights away: all of them must lie where one arranges, and none be a separated one. */
function checkReach(
  context: RequestContext,
  passed: readonly { readonly role: Role; readonly seat: Placed & { readonly name: string } }[],
): void {
  if (passed.some(({ role }) => SEPARATED_ROLES.includes(role)))
    refuse('系统管理员、安全管理员、审计员的代理须由本人安排');
  const beyond = passed.find(({ seat }) => !context.actor.rights.mayAt('delegation.arrange', seat));
  if (beyond) refuse(`被代理人在“${beyond.seat.name}”也有角色，超出您的管辖范围，请由本人安排`);
}

async function save(
  context: RequestContext,
  tx: Tx,
  { principal, deputy, body }: Omit<Asked, 'own'>,
): Promise<number> {
  const { id } = await tx
    .insertInto('delegation')
    .values({
      principal_id: principal.id,
      deputy_id: deputy.id,
      place: principal.place,
      scenario: principal.scenario,
      from_at: new Date(body.from),
      to_at: new Date(body.to),
      reason: body.reason,
      arranged_by: context.actor.username,
      arranged_at: new Date(context.now()),
      ended_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

function refuse(reason: string | undefined): void {
  if (reason !== undefined) throw new AppError('delegation.refused', { reason });
}
