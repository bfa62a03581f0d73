import { AppError } from '#base';
import type { FaultDetail, operationsRoutes } from '#contract/operations';
import { FAULT_KIND_RULES, FAULT_SUBJECT_TEXT } from '#model/operations';
import { audit, placedFor, type RequestContext } from '#services/context';
import type { Tx } from '#storage';
import type { z } from 'zod';

import { findSubject } from './find-subject.ts';
import { loadFaultDetail } from './get-fault.ts';
import { type OpenedFault, openFaults } from './open-faults.ts';

type Body = z.output<typeof operationsRoutes.reportFault.body>;

/** A person reports what is broken. Throws `record.not-found` (no such device or point), `access.denied`, `fault.exists`. */
export async function reportFault(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<FaultDetail> {
  context.authorize('fault.handle');
  return context.transaction(async (tx) => {
    const { opened, name } = await open(context, tx, body);
    if (opened) return loadFaultDetail(context, tx, opened.id);
    const { kind } = body;
    const code = (await standingCode(tx, body)) ?? '';
    throw new AppError('fault.exists', { subject: name, kind: FAULT_KIND_RULES[kind].text, code });
  });
}

/**
 * The same of a point within a transaction that does more: gives the code of the fault it opens, or of the one that stands there.
 * Throws `record.not-found`, `access.denied`.
 */
export async function reportPoint(
  context: RequestContext,
  tx: Tx,
  { point, summary }: { readonly point: string; readonly summary: string },
): Promise<string> {
  const body: Body = { subject: { kind: 'point', key: point }, kind: 'other', summary };
  const { opened } = await open(context, tx, body);
  const code = opened?.code ?? (await standingCode(tx, body));
  // It was closed between the two statements: to ask again is enough.
  if (code === undefined) throw new AppError('record.changed');
  return code;
}

async function open(
  context: RequestContext,
  tx: Tx,
  body: Body,
): Promise<{ readonly opened: OpenedFault | undefined; readonly name: string }> {
  const { kind, subject, summary } = body;
  const found = await findSubject(tx, subject);
  if (!found)
    throw new AppError('record.not-found', { what: FAULT_SUBJECT_TEXT[subject.kind], id: subject.key });
  context.authorizeRecord('fault.handle', placedFor(context, 'fault.handle', found));
  const reportedBy = context.actor.name;
  const fault = { ...found, kind, subject, summary, foundBy: 'person' as const, reportedBy };
  const [opened] = await openFaults(tx, context.now(), [fault]);
  if (opened)
    await audit(context, tx, {
      action: 'fault.report',
      subject: `fault/${opened.code}`,
      place: found.place,
      scenario: found.scenarios[0] ?? null,
      after: body,
    });
  return { opened, name: found.name };
}

async function standingCode(tx: Tx, { subject, kind }: Body): Promise<string | undefined> {
  const standing = await tx
    .selectFrom('fault')
    .select('code')
    .where('subject_kind', '=', subject.kind)
    .where('subject', '=', subject.key)
    .where('kind', '=', kind)
    .where('state', '<>', 'closed')
    .executeTakeFirst();
  return standing?.code;
}
