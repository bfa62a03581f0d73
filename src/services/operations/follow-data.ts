import { FAULT_SUBJECTS, type FaultSubject } from '#model/operations';
import { auditRule } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { FaultStanding } from './fault-place.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { openFaults } from './open-faults.ts';
import { settleRound } from './settle-round.ts';

/** `data.poor` and `data.restored`, as whoever judges the data announces them. */
export interface DataEvent {
  readonly type: string;
  readonly at: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface News {
  readonly poor: boolean;
  readonly subject: FaultSubject;
  readonly reason: string;
  readonly text: string;
}

/**
 * Keeps one fault a subject for everything that is wrong with its data: each `data.poor` adds its reason, each
 * `data.restored` takes it away, and when none is left the fault has recovered.
 */
export async function followData(tx: Tx, events: readonly DataEvent[], now: number): Promise<void> {
  for (const event of events) {
    const news = readNews(event);
    if (!news) continue;
    const subject = await findSubject(tx, news.subject);
    if (!subject) continue;
    await take(tx, now, { news, subject });
  }
}

function readNews({ type, payload }: DataEvent): News | undefined {
  const { subjectKind, subjectId, reason, text } = payload;
  const kind = FAULT_SUBJECTS.find((one) => one === subjectKind);
  if (kind === undefined || typeof subjectId !== 'string' || typeof reason !== 'string') return undefined;
  return {
    poor: type === 'data.poor',
    subject: { kind, key: subjectId },
    reason,
    text: typeof text === 'string' && text !== '' ? text : reason,
  };
}

interface Taken {
  readonly news: News;
  readonly subject: Subject;
}

interface StandingData extends FaultStanding {
  readonly id: number;
  readonly reasons: readonly string[];
}

async function take(tx: Tx, now: number, { news, subject }: Taken): Promise<void> {
  const { rows } = await sql<StandingData>`
    select id, reasons, place, scenarios from fault
    where subject_kind = ${news.subject.kind} and subject = ${news.subject.key} and kind = 'data-poor' and state <> 'closed'
    for update`.execute(tx);
  const [standing] = rows;
  if (!standing) {
    if (news.poor) await open(tx, now, { news, subject });
    return;
  }
  const others = standing.reasons.filter((one) => one !== news.reason);
  const reasons = news.poor ? [...others, news.reason] : others;
  await sql`update fault set reasons = ${reasons}::text[] where id = ${standing.id}`.execute(tx);
  await settleRound(tx, now, {
    kind: 'data-poor',
    foundBy: 'rule',
    wrong: news.poor ? [{ subject: news.subject, summary: news.text, ...subject }] : [],
    isWell: ({ kind, key }) =>
      !news.poor && reasons.length === 0 && kind === news.subject.kind && key === news.subject.key,
    recovery: news.text,
  });
}

async function open(tx: Tx, now: number, { news, subject }: Taken): Promise<void> {
  const [opened] = await openFaults(tx, now, [
    {
      ...subject,
      kind: 'data-poor',
      subject: news.subject,
      foundBy: 'rule',
      summary: news.text,
      reasons: [news.reason],
    },
  ]);
  if (!opened) return;
  await auditRule(tx, { rule: 'fault.data-poor', at: now }, [
    {
      action: 'fault.open',
      subject: `fault/${opened.code}`,
      place: opened.place,
      scenario: opened.scenarios[0] ?? null,
      after: { state: 'open', note: news.text },
    },
  ]);
}
