import { AppError } from '#base';
import { ownBounds, type OwnLimit, type ownLimitRoutes, type SignAtObject } from '#contract/standard';
import { type ElementDefinition, type Limit, type Sign, SIGN_LEVELS } from '#model/standard';
import type { RequestContext } from '#services/context';
import { compileSign, resolved } from '#signs';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { inForce } from '../in-force.ts';
import { loadOwnLimits, showOwnLimit } from './own-limit-view.ts';

type Route = typeof ownLimitRoutes.listSignsAtObject;

interface Row {
  readonly body: Sign;
  readonly element: ElementDefinition;
  readonly scenario: string;
}

/**
 * The signs that watch an object: their limits as its parameters make them, where own ones may lie, and which it has. Throws
 * `record.not-found`.
 */
export async function listSignsAtObject(
  context: RequestContext,
  { params }: { readonly params: z.output<Route['params']> },
): Promise<z.output<Route['reply']>> {
  context.authorize('object.read');
  return context.transaction(async (tx) => {
    const { rows: objects } = await sql<{ parameters: Readonly<Record<string, number>> }>`
      select parameters from monitored_object where id = ${params.id}`.execute(tx);
    const [object] = objects;
    if (!object) throw new AppError('record.not-found', { what: '监测对象', id: String(params.id) });
    const { rows } = await sql<Row>`
      select g.body, e.body as element, s.code as scenario
      from sign g join standard_version v on v.id = g.standard_id join element e on e.code = g.element_code
      join scenario s on s.id = g.scenario
      where g.body ? 'measure' and ${inForce(context.now())}
        and exists (select from point t where t.object_id = ${params.id} and t.element_code = g.element_code)
      order by g.id`.execute(tx);
    const own = await ownLimitsOf(context, tx, params.id);
    const names = await parameterNames(tx);
    return { items: rows.map((row) => show(row, { parameters: object.parameters, own, names })) };
  });
}

async function ownLimitsOf(context: RequestContext, tx: Tx, object: number): Promise<readonly OwnLimit[]> {
  const rows = await loadOwnLimits(
    tx,
    sql`where l.object_id = ${object} and l.state in ('proposed', 'in-force')`,
  );
  return rows.map((row) => showOwnLimit(context, row));
}

async function parameterNames(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`select code, name from parameter`.execute(tx);
  return new Map(rows.map(({ code, name }) => [code, name]));
}

interface AtObject {
  readonly parameters: Readonly<Record<string, number>>;
  readonly own: readonly OwnLimit[];
  readonly names: ReadonlyMap<string, string>;
}

function show({ body, element, scenario }: Row, { parameters, own, names }: AtObject): SignAtObject {
  const parameterOf = (code: string): number | undefined => parameters[code];
  const numberOf = (limit: Limit | undefined): number | null =>
    (limit === undefined ? undefined : resolved(limit, parameterOf)) ?? null;
  const { code, name, unit, direction, measure, deadband, offDelaySeconds } = body;
  const compiled = compileSign(0, body, parameterOf);
  const ofSign = own.filter((one) => one.sign.code === code);
  return {
    code,
    name,
    scenario,
    elementName: element.name,
    unit,
    direction,
    measure: measure.kind,
    levels: SIGN_LEVELS.flatMap((level) => {
      const cell = body.levels[level];
      if (!cell) return [];
      return [
        {
          level,
          limit: numberOf(cell.limit),
          lower: numberOf(cell.lower),
          onDelaySeconds: cell.onDelaySeconds,
          limitBounds: ownBounds(body, cell, 'limit', parameterOf) ?? null,
          lowerBounds: ownBounds(body, cell, 'lower', parameterOf) ?? null,
        },
      ];
    }),
    deadband,
    offDelaySeconds,
    missing: compiled.kind === 'ready' ? [] : compiled.missing.map((one) => names.get(one) ?? one),
    fixed:
      measure.kind === 'value' && element.states !== undefined ? '看的是状态，不是数值，不能另设限值' : null,
    inForce: ofSign.find(({ state }) => state === 'in-force') ?? null,
    proposed: ofSign.find(({ state }) => state === 'proposed') ?? null,
  };
}
