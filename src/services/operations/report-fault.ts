import { AppError } from '#base';
import type { FaultDetail, operationsRoutes } from '#contract/operations';
import { FAULT_KIND_RULES, FAULT_SUBJECT_TEXT } from '#model/operations';
import { audit, placedFor, type RequestContext } from '#services/context';
import type { z } from 'zod';

import { findSubject } from './find-subject.ts';
import { loadFaultDetail } from './get-fault.ts';
import { openFaults } from './open-faults.ts';

type Body = z.output<typeof operationsRoutes.reportFault.body>;

/** A person reports what is broken. Throws `record.not-found` (no such device or point), `access.denied`, `fault.exists`. */
export async function reportFault(
  context: RequestContext,
  { body }: { readonly body: Body },
): Promise<FaultDetail> {
  context.authorize('fault.handle');
  return context.transaction(async (tx) => {
    const { kind, subject, summary } = body;
    const found = await findSubject(tx, subject);
    if (!found)
      throw new AppError('record.not-found', { what: FAULT_SUBJECT_TEXT[subject.kind], id: subject.key });
    context.authorizeRecord('fault.handle', placedFor(context, 'fault.handle', found));
    const at = context.now();
    const reportedBy = context.actor.name;
    const fault = { ...found, kind, subject, summary, foundBy: 'person' as const, reportedBy };
    const [opened] = await openFaults(tx, at, [fault]);
    if (!opened) {
      const standing = await tx
        .selectFrom('fault')
        .select('code')
        .where('subject_kind', '=', subject.kind)
        .where('subject', '=', subject.key)
        .where('kind', '=', kind)
        .where('state', '<>', 'closed')
        .executeTakeFirst();
      throw new AppError('fault.exists', {
        subject: found.name,
        kind: FAULT_KIND_RULES[kind].text,
        code: standing?.code ?? '',
      });
    }
    await audit(context, tx, {
      action: 'fault.report',
      subject: `fault/${opened.code}`,
      place: found.place,
      scenario: found.scenarios[0] ?? null,
      after: body,
    });
    return loadFaultDetail(context, tx, opened.id);
  });
}
