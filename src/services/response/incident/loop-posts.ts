import { covers } from '#model/platform';
import { LOOP_ROLES } from '#model/response';
import { type Loop, LOOPS } from '#model/standard';
import type { Actor } from '#services/context';
import { settingsOfScenarios } from '#services/context';
import type { Tx } from '#storage';
import type { LoopActor } from '#workflow';

import type { IncidentRow } from './incident-row.ts';

const POSTS: Readonly<Record<Loop, string>> = {
  small: '业务管理员',
  medium: '部门责任人',
  large: '区应急管理局大闭环统筹',
};

const CLOSERS = {
  small: 'incident.small-closer',
  medium: 'incident.medium-closer',
  large: 'incident.large-closer',
} as const;

/** The post that owns a loop of an incident, in words. */
export function postText(loop: Loop, scenarioName: string): string {
  return loop === 'large' ? POSTS.large : `${scenarioName}${POSTS[loop]}`;
}

type Where = Pick<IncidentRow, 'place' | 'scenario'>;

function holdsRole({ rights }: Actor, role: string, { place, scenario }: Where): boolean {
  return rights.grants.some((grant) => grant.role === role && covers(grant.scope, place, scenario));
}

/** Who acts on incidents, by the roles held where each lies and by the setting of who closes. */
export async function loopActors(tx: Tx, actor: Actor): Promise<(row: IncidentRow) => LoopActor> {
  const setting = await settingsOfScenarios(tx, Object.values(CLOSERS));
  return (row) => ({
    kind: 'person',
    owns: LOOPS.filter((loop) => holdsRole(actor, LOOP_ROLES[loop], row)),
    closes: LOOPS.filter((loop) => holdsRole(actor, String(setting(CLOSERS[loop], row.scenario)), row)),
    holds: row.holds && actor.rights.has('work-order.dispose'),
  });
}
