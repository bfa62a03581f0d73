import type { Event } from '#bus';
import { ROLE_TEXT } from '#model/platform';
import type { Recipient } from '#model/command';
import type { Tx } from '#storage';

import { type Ask, askOf, loaderOf } from './asks-of-events.ts';
import { type Draft, draftOfGap, draftsFor, draftsForGroups, type Meant } from './draft-messages.ts';
import { loadAddressees } from './load-addressees.ts';
import { RecipientBook } from './load-recipients.ts';
import { loadRouteChannels } from './load-route-channels.ts';
import type { LoadSubjects, Subject } from './load-subjects.ts';
import { saveMessages } from './save-messages.ts';

/**
 * Tells people what a batch of events is about: who it is meant for is looked up once for all of it, and nobody is told one by one
 * of more than a few in a minute. What is settled withdraws by itself what waits about it (0064-notification.sql).
 */
export async function tellPeople(tx: Tx, events: readonly Event[], now: number): Promise<void> {
  const asks = await loadAsks(tx, events);
  if (asks.length === 0) return;
  const subjects = asks.map(({ subject }) => subject);
  const book = await RecipientBook.load(tx, subjects, now);
  const channels = await loadRouteChannels(tx);
  const meant = asks.flatMap((ask) => meantBy(ask, book));
  const people = await loadAddressees(tx, [...new Set(meant.flatMap(({ key }) => key ?? []))]);
  const given = { channels, now };
  const drafts = meant.flatMap((one): readonly Draft[] => {
    if (one.key === null) return [draftOfGap(one.ask, one.post, now)];
    const addressee = people.get(one.key);
    return addressee ? draftsFor({ ...one, key: one.key }, addressee, given) : [];
  });
  await saveMessages(tx, [...drafts, ...asks.flatMap((ask) => draftsForGroups(ask, given))], now);
}

async function loadAsks(tx: Tx, events: readonly Event[]): Promise<readonly Ask[]> {
  const subjectsOf = new Map<LoadSubjects, Awaited<ReturnType<LoadSubjects>>>();
  for (const [load, of] of Map.groupBy(events, ({ type }) => loaderOf(type)))
    if (load) subjectsOf.set(load, await load(tx, of));
  return events.flatMap((event) => {
    const load = loaderOf(event.type);
    const subjects = load === undefined ? [] : (subjectsOf.get(load)?.(event) ?? []);
    return subjects.flatMap((subject) => askOf(event, subject) ?? []);
  });
}

/** Everybody an ask means, each once: whoever is both handler and on duty is told once. */
function meantBy(ask: Ask, book: RecipientBook): readonly (Omit<Meant, 'key'> & { key: string | null })[] {
  const found = new Map<string | null, Omit<Meant, 'key'> & { key: string | null }>();
  for (const recipient of ask.recipients) {
    const { people, ground } = book.choose(recipient, ask.subject);
    const post = postText(recipient, ask.subject);
    if (ground === 'nobody') found.set(null, { ask, key: null, post, onDuty: false });
    for (const key of people)
      if (!found.has(key)) found.set(key, { ask, key, post, onDuty: book.isOnDuty(key) });
  }
  return [...found.values()];
}

function postText(recipient: Recipient, { platform, unit }: Subject): string {
  switch (recipient.kind) {
    case 'role':
      return ROLE_TEXT[recipient.role];
    case 'deputy':
      return `${ROLE_TEXT[recipient.role]}的替岗`;
    case 'platform-duty':
      if (recipient.platform === platform) return `${unit}值守`;
      return recipient.platform === 'PD' ? '区总平台值守' : '平台值守';
    case 'unit':
      return `${recipient.unit}处置人员`;
    case 'person':
      return '本人';
    case 'platform-head':
      return `${unit}负责人`;
    default:
      return recipient satisfies never;
  }
}
