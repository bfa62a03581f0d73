import type { Handover } from '#contract/command';

import { formatShort } from '../../../app/format.ts';
import { HANDOVER_TEXT } from './text.ts';

/** Who answers for the watch now and what is waited for, in one sentence. */
export function stateSentence(handover: Handover, now: number): string {
  const { state: words } = HANDOVER_TEXT;
  const { outgoing, incoming, incomingSigned, shift, state } = handover;
  if (state === 'draft') return words.draft(outgoing.name);
  if (state === 'complete') {
    const name = incomingSigned?.name ?? incoming?.name ?? '';
    return words.complete(name, formatShort(incomingSigned?.at ?? shift.to, now));
  }
  if (!incoming) return words.noIncoming(outgoing.name);
  const names = { outgoing: outgoing.name, incoming: incoming.name };
  const by = formatShort(shift.to, now);
  return now <= shift.to ? words.signed(names, by) : words.late(names, by);
}
