import type { Event } from '#bus';
import { SELF_TEST_PLACE } from '#model/platform';
import { rankOf } from '#model/warning';

import { type Asked, levelOfPayload } from './asked.ts';
import { handed, moved } from './asks-of-incidents.ts';
import {
  activated,
  drawn,
  foreseen,
  form,
  late,
  owed,
  pressed,
  supervised,
  verify,
} from './asks-of-matters.ts';
import { advanced, noted, opened, reminded, warned } from './asks-of-orders.ts';
import {
  loadActivations,
  loadCascades,
  loadDraws,
  loadForms,
  loadIncidents,
  loadOverdueLists,
  loadReportDuties,
  loadSupervisions,
  loadVerifications,
} from './load-matters.ts';
import { type LoadSubjects, loadOrderSubjects, loadWarningSubjects, type Subject } from './load-subjects.ts';

/** Somebody is to be told of something. */
export interface Ask extends Omit<Asked, 'subject' | 'asksAnswer'> {
  /** Of the event: what it asks is asked once. */
  readonly seq: number;
  readonly subject: Subject;
  /** 0–4: as it was told, not as it is by now. */
  readonly rank: number;
  readonly at: number;
  /** Whether an answer (“1”) accepts the order. */
  readonly asksAnswer: boolean;
  /** All that it speaks of: settled with them. Empty where it speaks of more than it names: nothing settles it. */
  readonly matters: readonly number[];
}

/** What one kind of event is about, and what of it is told to whom. */
interface Telling {
  readonly load: LoadSubjects;
  readonly ask: (event: Event, subject: Subject) => Asked | undefined;
}

/** Event → what it is about → who is told what. */
const TELLINGS: Readonly<Record<string, Telling>> = {
  'work-order.raised': { load: loadOrderSubjects, ask: opened },
  'work-order.advanced': { load: loadOrderSubjects, ask: advanced },
  'work-order.reminded': { load: loadOrderSubjects, ask: reminded },
  'work-order.noted': { load: loadOrderSubjects, ask: noted },
  'warning.raised': { load: loadWarningSubjects, ask: warned },
  'warning.upgraded': { load: loadWarningSubjects, ask: warned },
  'cascade.foreseen': { load: loadCascades, ask: foreseen },
  'verification.asked': { load: loadVerifications, ask: verify },
  'verification.reminded': { load: loadVerifications, ask: verify },
  'supervision.changed': { load: loadSupervisions, ask: supervised },
  'supervision.due': { load: loadSupervisions, ask: pressed },
  'overdue-list.written': { load: loadOverdueLists, ask: late },
  'closure-sample.drawn': { load: loadDraws, ask: drawn },
  'incident.opened': { load: loadIncidents, ask: handed },
  'incident.changed': { load: loadIncidents, ask: moved },
  'incident-form.due': { load: loadForms, ask: form },
  'incident-report.due': { load: loadReportDuties, ask: owed },
  'incident-report.late': { load: loadReportDuties, ask: owed },
  'activation.changed': { load: loadActivations, ask: activated },
};

/** The events of which people are told. */
export const TOLD_EVENTS: readonly string[] = Object.keys(TELLINGS);

/** What reads the subjects of a kind of event. */
export function loaderOf(type: string): LoadSubjects | undefined {
  return TELLINGS[type]?.load;
}

/** What one event asks to be told of one of its subjects; nothing for what does not concern people, self-tests among it. */
export function askOf(event: Event, given: Subject): Ask | undefined {
  if (event.place === SELF_TEST_PLACE || given.place === SELF_TEST_PLACE) return undefined;
  const level = rankOf(levelOfPayload(event.payload['level']));
  const rank = level === 0 ? given.rank : level;
  const told = TELLINGS[event.type]?.ask(event, { ...given, rank });
  if (!told) return undefined;
  const subject = told.subject ?? given;
  const matters = mattersOf(event, subject);
  return { asksAnswer: false, ...told, subject, seq: event.seq, rank, at: event.at, matters };
}

function mattersOf({ payload }: Event, { matter }: Subject): readonly number[] {
  const { count, duties } = payload;
  if (Number(count ?? 1) <= 1) return [matter];
  return Array.isArray(duties) ? duties.filter((one) => typeof one === 'number') : [];
}
