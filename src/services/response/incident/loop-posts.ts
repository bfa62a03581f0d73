import type { Role } from '#model/platform';
import { covers } from '#model/platform';
import { type Loop, LOOPS } from '#model/standard';
import type { Actor } from '#services/context';
import { settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';
import type { LoopActor } from '#workflow';

import type { IncidentRow } from './incident-row.ts';

/** Who is accountable for a loop (catalog §1.4): the scenario's administrator, its department, 区应急管理局. */
export const LOOP_OWNERS: Readonly<Record<Loop, { readonly role: Role; readonly post: string }>> = {
  small: { role: 'business-admin', post: '业务管理员' },
  medium: { role: 'department-owner', post: '部门责任人' },
  large: { role: 'coordinator', post: '区应急管理局大闭环统筹' },
};

const CLOSERS = {
  small: 'incident.small-closer',
  medium: 'incident.medium-closer',
  large: 'incident.large-closer',
} as const;

/** The post that owns a loop of an incident, in words. */
export function postText(loop: Loop, scenarioName: string): string {
  return loop === 'large' ? LOOP_OWNERS.large.post : `${scenarioName}${LOOP_OWNERS[loop].post}`;
}

type Where = Pick<IncidentRow, 'place' | 'scenario'>;

function holdsRole({ rights }: Actor, role: string, { place, scenario }: Where): boolean {
  return rights.grants.some((grant) => grant.role === role && covers(grant.scope, place, scenario));
}

/** Who acts on incidents, by the roles held where each lies and by the setting of who closes. */
export async function loopActors(tx: Tx, actor: Actor): Promise<(row: IncidentRow) => LoopActor> {
  const closerOf = {
    small: await settingsOfScenarios(tx, CLOSERS.small),
    medium: await settingsOfScenarios(tx, CLOSERS.medium),
    large: await settingsOfScenarios(tx, CLOSERS.large),
  };
  return (row) => ({
    kind: 'person',
    owns: LOOPS.filter((loop) => holdsRole(actor, LOOP_OWNERS[loop].role, row)),
    closes: LOOPS.filter((loop) => holdsRole(actor, String(closerOf[loop](row.scenario)), row)),
    holds: row.holds && actor.rights.has('work-order.dispose'),
  });
}
