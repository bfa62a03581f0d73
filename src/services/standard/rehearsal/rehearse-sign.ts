import { AppError } from '#base';
import type { Sign, SignRehearsal } from '#model/standard';
import type { RequestContext } from '#services/context';
import type { Tx } from '#storage';

import { beginDraft } from '../version/create-draft.ts';
import { loadDocument } from '../version/draft-detail.ts';
import { lockDraft } from '../version/lock-draft.ts';
import { saveDocument } from '../version/update-draft.ts';
import { queueRehearsal } from './request-rehearsal.ts';

/**
 * Writes a change of one sign into a draft of its own and puts that in the queue of rehearsals; a draft that has it already is
 * rehearsed again as it stands. Throws `record.not-found`, `access.denied`, `standard.rehearsal-refused`.
 */
export async function rehearseSign(
  context: RequestContext,
  tx: Tx,
  asked: SignRehearsal,
): Promise<{ readonly draft: number; readonly rehearsal: number }> {
  const draft = asked.draft ?? (await draftWith(context, tx, asked));
  const { from, to, objects } = asked;
  const body = { from, to, towns: [], objects: [...objects] };
  const { id: rehearsal } = await queueRehearsal(context, tx, { draft, body });
  return { draft, rehearsal };
}

async function draftWith(
  context: RequestContext,
  tx: Tx,
  { scenario, sign: code, change, reason }: SignRehearsal,
): Promise<number> {
  const begun = await beginDraft(context, tx, { scenario, reason });
  const document = await loadDocument(tx, begun.id);
  if (!document.signs.some((sign) => sign.code === code))
    throw new AppError('record.not-found', { what: '预警体征', id: code });
  const row = await lockDraft(context, tx, { id: begun.id, version: begun.version, action: 'edit' });
  const signs = document.signs.map((sign) => (sign.code === code ? change(sign as Sign) : sign));
  await saveDocument(context, tx, row, { document: { ...document, signs } });
  return begun.id;
}
