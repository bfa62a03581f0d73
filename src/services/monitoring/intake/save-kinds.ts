import { AppError } from '#base';
import type { intakeRoutes, IntakeKindRow } from '#contract/monitoring';
import { audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { lockSource } from './save-source.ts';

type Body = z.output<typeof intakeRoutes.putIntakeKinds.body>;
interface Params {
  readonly params: { readonly id: number };
}

/** What the kinds of a source mean. Throws `record.not-found`. */
export async function listKinds(
  context: RequestContext,
  { params }: Params,
): Promise<{ items: IntakeKindRow[] }> {
  context.authorize('device.read');
  return context.transaction(async (tx) => {
    const found = await tx
      .selectFrom('intake_source')
      .select('id')
      .where('id', '=', params.id)
      .executeTakeFirst();
    if (!found) throw new AppError('record.not-found', { what: '接入源', id: params.id });
    return { items: await loadKinds(tx, params.id) };
  });
}

/** Writes what kinds mean; those not named stay as they are. Throws `record.not-found`, `access.denied`, `input.invalid`. */
export async function putKinds(
  context: RequestContext,
  { params, body }: Params & { readonly body: Body },
): Promise<{ items: IntakeKindRow[] }> {
  context.authorize('device.manage');
  return context.transaction(async (tx) => {
    const { code, place, scenario } = await lockSource(context, tx, params.id);
    await checkElements(tx, body);
    const before = await loadKinds(tx, params.id);
    for (const { kind, name, element, suspectedValue, confirmedValue } of body.kinds) {
      const told = {
        name,
        element_code: element,
        suspected_value: element === null ? null : suspectedValue,
        confirmed_value: confirmedValue,
      };
      await tx
        .insertInto('intake_kind')
        .values({ source_id: params.id, kind, ...told })
        .onConflict((conflict) => conflict.columns(['source_id', 'kind']).doUpdateSet(told))
        .execute();
    }
    const items = await loadKinds(tx, params.id);
    const subject = `intake-source/${code}`;
    await audit(context, tx, {
      action: 'intake-source.map-kinds',
      subject,
      before,
      after: items,
      place,
      scenario,
    });
    return { items };
  });
}

async function checkElements(tx: Tx, { kinds }: Body): Promise<void> {
  const wanted = [...new Set(kinds.flatMap(({ element }) => element ?? []))];
  const rows = await tx
    .selectFrom('element')
    .select('code')
    .where('code', 'in', [...wanted, ''])
    .execute();
  const known = new Set(rows.map(({ code }) => code));
  const missing = wanted.filter((code) => !known.has(code));
  if (missing.length > 0)
    throw new AppError('record.not-found', { what: '监测要素', id: missing.join('、') });
}

async function loadKinds(tx: Tx, source: number): Promise<IntakeKindRow[]> {
  const { rows } = await sql<IntakeKindRow>`
    select k.kind, k.name, k.element_code as element, e.name as "elementName", k.suspected_value as "suspectedValue",
      k.confirmed_value as "confirmedValue", k.seen, k.last_at as "lastAt"
    from intake_kind k left join element e on e.code = k.element_code
    where k.source_id = ${source} order by k.element_code is not null, k.seen desc, k.kind`.execute(tx);
  return rows;
}
