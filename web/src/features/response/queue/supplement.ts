import { WORK_ORDER_ACTION_TEXT } from '#model/response';

import { formatDateTime } from '../../../app/format.ts';
import { TEXT } from './text.ts';
import type { KeptAct, NewAct } from './kept-work.ts';

/** What a note to the timeline may hold. */
const LONGEST = 4000;

/** One act in plain words: when, what, with what was said. */
export function actText(act: Pick<KeptAct, 'action' | 'at' | 'draft' | 'content' | 'photos'>): string {
  const name = act.action === 'supplement' ? TEXT.supplementName : WORK_ORDER_ACTION_TEXT[act.action];
  const { note = '', reason = '' } = act.content as { readonly note?: string; readonly reason?: string };
  const parts = [
    `${formatDateTime(act.at)} ${name}`,
    act.draft.steps.length === 0 ? '' : TEXT.steps(act.draft.steps.join('、')),
    reason,
    note,
    act.photos.length === 0 ? '' : TEXT.photos(act.photos.length),
  ];
  return parts.filter((part) => part !== '').join('，');
}

/** Acts that the order does not take any more, as one note to its timeline. */
export function supplementOf(acts: readonly KeptAct[], idempotencyKey: string): NewAct | undefined {
  const [first] = acts;
  if (!first) return undefined;
  const { account, order, code, object, at, draft } = first;
  const { location } = draft;
  const note = acts.map(actText).join('\n').slice(0, LONGEST);
  return {
    account,
    order,
    code,
    object,
    action: 'supplement',
    content: { note, ...(location ? { location } : {}) },
    draft,
    photos: acts.flatMap((act) => act.photos),
    idempotencyKey,
    at,
  };
}

/** Of one order: the act that was refused, and what was done after it. Nothing of it goes on until a person has decided. */
export function conflictOf(acts: readonly KeptAct[]): readonly KeptAct[] {
  const from = acts.findIndex((act) => act.state === 'conflict');
  return from < 0
    ? []
    : acts.slice(from).filter((act) => act.state === 'conflict' || act.state === 'waiting');
}

/** What is sent next: of each order the oldest that waits, unless something before it was refused. */
export function nextActs(acts: readonly KeptAct[]): readonly KeptAct[] {
  const heads = new Map<number, KeptAct>();
  for (const act of acts) {
    if ((act.state === 'waiting' || act.state === 'conflict') && !heads.has(act.order))
      heads.set(act.order, act);
  }
  return [...heads.values()].filter((act) => act.state === 'waiting');
}
