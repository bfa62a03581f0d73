import { AppError } from '#base';
import type { Rehearsal, rehearsalRoutes } from '#contract/standard';
import { announce, audit, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';
import type { z } from 'zod';

import { loadDocument } from '../version/draft-detail.ts';
import type { DraftRow } from '../version/draft-view.ts';
import { findDraft } from '../version/lock-draft.ts';
import { findRehearsal } from './get-rehearsal.ts';
import { type RehearsalRow, showRehearsal } from './rehearsal-view.ts';

type Route = typeof rehearsalRoutes.requestRehearsal;
type Body = z.output<Route['body']>;

const DAY_MS = 86_400_000;
const LONGEST_MS = 2 * 366 * DAY_MS;
const LONGEST_RECORDING_MS = 10 * 366 * DAY_MS;

/**
 * Puts a draft in the queue to be run over the past, with its text as it is now. Throws `record.not-found`, `access.denied`,
 * `standard.rehearsal-refused`.
 */
export async function requestRehearsal(
  context: RequestContext,
  { params, body }: { readonly params: z.output<Route['params']>; readonly body: Body },
): Promise<Rehearsal> {
  context.authorize('standard.draft');
  return context.transaction(async (tx) =>
    showRehearsal(context, await queueRehearsal(context, tx, { draft: params.id, body })),
  );
}

/** The same within a transaction that does more. */
export async function queueRehearsal(
  context: RequestContext,
  tx: Tx,
  { draft: asked, body }: { readonly draft: number; readonly body: Body },
): Promise<RehearsalRow> {
  await sql`select from standard_draft d where d.id = ${asked} for update`.execute(tx);
  const draft = await findDraft(tx, asked);
  context.authorizeRecord('standard.draft', draft);
  const reason = whyNot(body, context.now()) ?? (await whyNotHere(tx, draft, body));
  if (reason !== undefined) throw new AppError('standard.rehearsal-refused', { reason });
  const document = await loadDocument(tx, draft.id);
  const { id } = await tx
    .insertInto('rehearsal')
    .values({
      scenario: draft.scenario,
      place: draft.place,
      draft_id: draft.id,
      document: JSON.stringify(document),
      beside_id: await idInForce(tx, draft, context.now()),
      from_at: new Date(body.from),
      to_at: new Date(body.to),
      towns: body.towns,
      objects: body.objects,
      replay_session_id: body.session ?? null,
      requested_by: context.actor.accountId,
      requested_at: new Date(context.now()),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const row = await findRehearsal(tx, id);
  await audit(context, tx, {
    action: 'rehearsal.request',
    subject: `rehearsal/${id}`,
    after: { draft: draft.id, standard: draft.standard, ...body },
    place: row.place,
    scenario: row.scenario,
  });
  await tellRehearsal(context, tx, row);
  return row;
}

function whyNot({ from, to, session }: Body, now: number): string | undefined {
  if (from >= to) return '起始时间不早于结束时间';
  if (session === undefined && from > now) return '这段时间还没有到';
  const longest = session === undefined ? LONGEST_MS : LONGEST_RECORDING_MS;
  if (to - from > longest) return session === undefined ? '一次最多推演两年' : '一次最多推演十年的录制数据';
  return undefined;
}

async function whyNotHere(
  tx: Tx,
  draft: DraftRow,
  { towns, objects, session }: Body,
): Promise<string | undefined> {
  const { rows } = await sql<{ busy: boolean; towns: string[]; objects: string[]; session: boolean }>`select
    exists (select from rehearsal r where r.draft_id = ${draft.id} and r.state in ('waiting', 'running')) as busy,
    array(select c from unnest(${towns}::text[]) c where not exists (select from platform p where p.code = c and p.kind in ('town', 'zone'))) as towns,
    array(select c from unnest(${objects}::text[]) c
      where not exists (select from monitored_object o where o.code = c and ${draft.scenario}::int2 = any(o.scenarios))) as objects,
    ${session ?? null}::int is null or exists (select from replay_session t where t.id = ${session ?? null}::int) as session`.execute(
    tx,
  );
  const [found] = rows;
  if (found?.busy) return '这份草案正在推演，请等它完成，或先取消它';
  if (found?.towns[0] !== undefined) return `没有街镇“${found.towns[0]}”，请核对代码`;
  if (found?.objects[0] !== undefined) return `本场景没有监测对象“${found.objects[0]}”，请核对代码`;
  if (found?.session === false) return '没有这一场回放，请重新选择';
  return undefined;
}

/** The version that holds now; before the first one holds, the newest. */
async function idInForce(tx: Tx, { scenario, newest }: DraftRow, now: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from standard_version where scenario = ${scenario} and effective_from <= ${new Date(now)}
      and (retired_at is null or retired_at > ${new Date(now)}) order by effective_from desc, id desc limit 1`.execute(
    tx,
  );
  return rows[0]?.id ?? newest.id;
}

export async function tellRehearsal(context: RequestContext, tx: Tx, row: RehearsalRow): Promise<void> {
  const { id, draft_id: draft, state, place, scenario } = row;
  await announce(tx, [
    { type: 'standard.rehearsal-changed', at: context.now(), place, scenario, payload: { id, draft, state } },
  ]);
}
