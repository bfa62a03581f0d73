import { AppError } from '#base';
import type { Dependency, dependencyRoutes } from '#contract/platform';
import { auditAll, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import {
  type DependencyEnd,
  type DependencyFacts,
  type HeldDependency,
  loadEnds,
  mayKeep,
} from './dependency-facts.ts';
import { findDependency, loadDependencies } from './list-dependencies.ts';
import { recordOf, saveDependencies, tellDependencies } from './save-dependencies.ts';

type Create = z.output<typeof dependencyRoutes.createDependency.body>;
type Update = z.output<typeof dependencyRoutes.updateDependency.body>;

/** Tells that one object leans on another. Throws `record.not-found`, `access.denied`, `record.exists`, `input.invalid`. */
export async function createDependency(
  context: RequestContext,
  { body }: { readonly body: Create },
): Promise<Dependency> {
  context.authorize('dependency.manage');
  return context.transaction(async (tx) => {
    const ends = await loadEnds(tx, { codes: [body.from, body.to] });
    const [from, to] = [body.from, body.to].map((code) => endOf(ends, code));
    if (!from || !to || from.id === to.id)
      throw new AppError('input.invalid', { issues: '对象不能依赖自己' });
    authorizeEnds(context, [from, to]);
    const [held] = await loadDependencies(
      tx,
      sql`where d.from_object = ${from.id} and d.to_object = ${to.id} and d.kind = ${body.kind}`,
    );
    if (held) throw new AppError('record.exists', { what: '依赖关系', id: `${from.name} → ${to.name}` });
    const change = { from, to, kind: body.kind, before: null, after: factsOf(body, context.now()) };
    const [id = 0] = await saveDependencies(context, tx, { changes: [change], source: 'person' });
    return findDependency(context, tx, id);
  });
}

/** Changes what is told of one. Throws `record.not-found`, `access.denied`, `record.changed`, `input.invalid`. */
export async function updateDependency(
  context: RequestContext,
  { params, body }: { readonly params: { readonly id: number }; readonly body: Update },
): Promise<Dependency> {
  context.authorize('dependency.manage');
  return context.transaction(async (tx) => {
    const { held, from, to } = await lockDependency(context, tx, params.id);
    if (held.version !== body.version) throw new AppError('record.changed');
    const change = { from, to, kind: held.kind, before: held, after: factsOf(body, held.valid_from) };
    await saveDependencies(context, tx, { changes: [change], source: 'person' });
    return findDependency(context, tx, params.id);
  });
}

/** Takes one away; what it has foreseen stays on the record. Throws `record.not-found`, `access.denied`. */
export async function deleteDependency(
  context: RequestContext,
  { params }: { readonly params: { readonly id: number } },
): Promise<null> {
  context.authorize('dependency.manage');
  return context.transaction(async (tx) => {
    const { held, from, to } = await lockDependency(context, tx, params.id);
    await tx.deleteFrom('dependency').where('id', '=', held.id).execute();
    const edge = { from, to, kind: held.kind };
    await auditAll(context, tx, [
      recordOf(context, edge, { action: 'dependency.delete', before: held, after: null }),
    ]);
    await tellDependencies(context, tx);
    return null;
  });
}

interface Locked {
  readonly held: HeldDependency;
  readonly from: DependencyEnd;
  readonly to: DependencyEnd;
}

async function lockDependency(context: RequestContext, tx: Tx, id: number): Promise<Locked> {
  const [held] = await loadDependencies(tx, sql`where d.id = ${id} for update`);
  if (!held) throw new AppError('record.not-found', { what: '依赖关系', id: String(id) });
  const ends = await loadEnds(tx, { ids: [held.from_object, held.to_object] });
  const [from, to] = [held.from_object, held.to_object].map(
    (object) => ends.find((end) => end.id === object) ?? retired(object),
  );
  authorizeEnds(context, ends);
  return { held, from: from ?? retired(held.from_object), to: to ?? retired(held.to_object) };
}

/** A retired object is nowhere; the other end is asked for the right. */
function retired(id: number): DependencyEnd {
  return { id, code: `#${id}`, name: '已停用的对象', place: 0, scenarios: [] };
}

function endOf(ends: readonly DependencyEnd[], code: string): DependencyEnd {
  const found = ends.find((end) => end.code === code);
  if (!found) throw new AppError('record.not-found', { what: '监测对象', id: code });
  return found;
}

function authorizeEnds(context: RequestContext, ends: readonly DependencyEnd[]): void {
  if (!mayKeep(context, ends)) throw new AppError('access.denied', { capability: 'dependency.manage' });
}

function factsOf(
  { leadMinutes, reason, basis, validFrom, validTo }: Omit<Create, 'from' | 'to' | 'kind'>,
  otherwise: number,
): DependencyFacts {
  const from = validFrom ?? otherwise;
  if (validTo !== null && validTo <= from)
    throw new AppError('input.invalid', { issues: '失效时间须晚于生效时间' });
  return { lead_minutes: leadMinutes, reason, basis, valid_from: from, valid_to: validTo };
}
