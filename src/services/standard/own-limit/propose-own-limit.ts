import { AppError } from '#base';
import type { OwnLimit, ownLimitRoutes } from '#contract/standard';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { withAuthor } from '../version/change-draft.ts';
import { changed, findOwnLimit, subjectOf, told } from './change-own-limit.ts';
import { showOwnLimit } from './own-limit-view.ts';
import { faultsAtObject, type SignInForce, signsInForce } from './sign-at-moment.ts';

type Body = z.output<typeof ownLimitRoutes.proposeOwnLimit.body>;

interface ObjectRow {
  readonly id: number;
  readonly code: string;
  readonly place: number;
  readonly scenarios: readonly number[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly retired_at: number | null;
}

/**
 * Asks that an object have limits of its own under one sign; somebody else approves. Throws `record.not-found`, `access.denied`,
 * `object.retired`, `standard.own-limit-refused`, `record.exists`.
 */
export async function proposeOwnLimit(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<OwnLimit> {
  context.authorize('object.manage');
  const now = context.now();
  return context.transaction(async (tx) => {
    const object = await findObject(tx, body.object);
    const sign = (await signsInForce(tx, [body.sign], now)).get(body.sign);
    if (!sign || !object.scenarios.includes(sign.scenario))
      throw new AppError('record.not-found', { what: '预警体征', id: body.sign });
    const placed = { place: object.place, scenario: sign.scenario };
    context.authorizeRecord('object.manage', placed);
    await refuse(tx, { object, sign, body, now });
    const { rows } = await sql<{ id: number }>`
      insert into own_limit (object_id, sign_code, place, scenario, body, reason, valid_until, authors, proposed_by, proposed_at)
      values (${object.id}, ${body.sign}, ${object.place}, ${sign.scenario}, ${JSON.stringify(body.limits)}::jsonb, ${body.reason},
        ${body.validUntil === null ? null : new Date(body.validUntil)}::timestamptz,
        ${`{${withAuthor(context, []).join(',')}}`}::int[], ${context.actor.accountId}, ${new Date(now)})
      on conflict (object_id, sign_code) where state = 'proposed' do nothing returning id`.execute(tx);
    const [made] = rows;
    if (!made)
      throw new AppError('record.exists', { what: '待审批的专用限值', id: `${object.code} ${body.sign}` });
    const row = await findOwnLimit(tx, made.id);
    await audit(context, tx, {
      action: 'own-limit.propose',
      subject: subjectOf(row),
      after: told(row),
      ...placed,
    });
    await announce(tx, [changed(row, now, false)]);
    return showOwnLimit(context, row);
  });
}

async function findObject(tx: Tx, code: string): Promise<ObjectRow> {
  const { rows } = await sql<ObjectRow>`
    select id, code, place, scenarios, parameters, retired_at from monitored_object where code = ${code}`.execute(
    tx,
  );
  const [object] = rows;
  if (!object) throw new AppError('record.not-found', { what: '监测对象', id: code });
  return object;
}

interface Asked {
  readonly object: ObjectRow;
  readonly sign: SignInForce;
  readonly body: Body;
  readonly now: number;
}

async function refuse(tx: Tx, { object, sign, body, now }: Asked): Promise<void> {
  if (object.retired_at !== null) throw new AppError('object.retired', { object: object.code });
  if (body.validUntil !== null && body.validUntil <= now)
    throw new AppError('standard.own-limit-refused', { faults: '有效期须晚于现在' });
  const { rows: watched } = await sql`
    select from point where object_id = ${object.id} and element_code = ${sign.body.element} limit 1`.execute(
    tx,
  );
  if (watched.length === 0)
    throw new AppError('standard.own-limit-refused', {
      faults: `这个对象没有监测“${sign.element.name}”的监测点`,
    });
  refuseOwnFaults(sign, body.limits, object.parameters);
}

/** Throws `standard.own-limit-refused` with what keeps the object from having them. */
export function refuseOwnFaults(
  sign: SignInForce,
  limits: Body['limits'],
  parameters: ObjectRow['parameters'],
): void {
  const faults = faultsAtObject(sign, limits, parameters);
  if (faults.length === 0) return;
  const sentences = faults.map(({ message }) => message.replace(/。$/u, ''));
  throw new AppError('standard.own-limit-refused', { faults: sentences.join('；') });
}
