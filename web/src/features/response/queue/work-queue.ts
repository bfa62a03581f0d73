import { useSyncExternalStore } from 'react';

import { queryClient } from '../../../app/query-client.ts';
import { expireSession } from '../../../app/session.ts';
import { orderQuery, takeOrder } from '../queries.ts';
import { backOff } from './judge-answer.ts';
import { type RoundEnd, sendActs } from './send-acts.ts';
import type { KeptAct, KeptReport, NewAct } from './kept-work.ts';
import { sendReports } from './send-reports.ts';
import {
  addActs,
  isOpen,
  putAct,
  putReport,
  readActs,
  readReports,
  removeActs,
  removePhotos,
  removeReport,
  replaceActs,
} from './work-store.ts';

const CHANNEL = 'puan-work';
const MY_REPORTS = ['events', 'mine'];
/** What was sent or given up stays on the list so long. */
const SENT_MS = 12 * 3_600_000;
const DROPPED_MS = 7 * 86_400_000;
/** Who has handed something in looks at the button so long; then it is said that it waits. */
const PATIENCE_MS = 8000;

/** The acts of whoever is signed in, as the pages show them. */
export interface QueueView {
  readonly acts: readonly KeptAct[];
  /** What was reported (随手报) and has not arrived whole. */
  readonly reports: readonly KeptReport[];
  /** The act that is on its way now. */
  readonly sending: number | undefined;
  /** How the last round ended. */
  readonly end: RoundEnd;
}

/** What came of an act that was handed in at this moment. */
export type Delivery =
  | { readonly kind: 'sent' | 'waits' }
  | { readonly kind: 'refused'; readonly error: unknown };

let account: string | undefined;
const NOTHING: QueueView = { acts: [], reports: [], sending: undefined, end: 'done' };
let view = NOTHING;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();
const tabs = new BroadcastChannel(CHANNEL);
/** Of acts that somebody looks at: what came of them, once it is known. */
const awaited = new Map<number, Delivery | undefined>();

export function useQueue(): QueueView {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => view,
  );
}

function show(part: Partial<QueueView>): void {
  view = { ...view, ...part };
  for (const watcher of watchers) watcher();
}

async function refresh(): Promise<void> {
  const person = account;
  if (person === undefined) return;
  const [acts, reports] = await Promise.all([readActs(person), readReports(person)]);
  if (person === account) show({ acts, reports });
}

async function changed(): Promise<void> {
  await refresh();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target: it stays in its origin
  tabs.postMessage('changed');
}

/** Goes on with what `person` left on this phone; gives how to stop. */
export function startQueue(person: string): () => void {
  account = person;
  const stop = new AbortController();
  const { signal } = stop;
  const atOnce = (): void => {
    failures = 0;
    void round();
  };
  window.addEventListener('online', atOnce, { signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && atOnce(), {
    signal,
  });
  tabs.addEventListener('message', () => void refresh(), { signal });
  void tidy(person).then(atOnce);
  return () => {
    stop.abort();
    clearTimeout(timer);
    account = undefined;
    show(NOTHING);
  };
}

async function tidy(person: string): Promise<void> {
  const now = Date.now();
  const old = (await readActs(person)).filter(
    ({ state, endedAt }) => endedAt !== null && now - endedAt > (state === 'sent' ? SENT_MS : DROPPED_MS),
  );
  await removeActs(old);
  await removePhotos(old.flatMap((act) => act.photos));
}

/** One round at a time, and in one tab: the others wait for the lock. Without HTTPS there are no locks, and a key is kept once anyway. */
async function round(): Promise<void> {
  clearTimeout(timer);
  const person = account;
  if (person === undefined) return;
  const locks: LockManager | undefined = navigator.locks;
  const end = await (locks ? locks.request(CHANNEL, () => send(person)) : alone(person));
  show({ end });
  if (end === 'signed-out') expireSession(queryClient);
  failures = end === 'again' ? failures + 1 : 0;
  if (end === 'again' && account === person) timer = setTimeout(() => void round(), backOff(failures));
}

let last: Promise<RoundEnd> = Promise.resolve('done');
function alone(person: string): Promise<RoundEnd> {
  last = last.then(() => send(person));
  return last;
}

async function send(person: string): Promise<RoundEnd> {
  await refresh();
  if (!view.acts.some(isOpen) && view.reports.length === 0) return 'done';
  // The phone knows that it has no line: nothing is tried.
  if (!navigator.onLine) return 'again';
  const acts = await sendActs(person, {
    onSending: (act) => show({ sending: act?.id }),
    onSent: (act, order) => {
      if (awaited.has(act.id)) awaited.set(act.id, { kind: 'sent' });
      void takeOrder(queryClient, order);
    },
    onRefused: (act, error) => {
      if (awaited.has(act.id)) awaited.set(act.id, { kind: 'refused', error });
      void queryClient.invalidateQueries({ queryKey: orderQuery(act.order).queryKey });
    },
  });
  const end = acts === 'done' && view.reports.length > 0 ? await sendReports(person) : acts;
  await changed();
  if (view.reports.length > 0 || acts !== end) void queryClient.invalidateQueries({ queryKey: MY_REPORTS });
  return end;
}

/** Writes the acts of one press down, and tries to send them: what it does not come to now, a later round does. */
export async function handOver(
  acts: readonly NewAct[],
): Promise<{ readonly kept: readonly KeptAct[]; readonly delivery: Delivery }> {
  const kept = await addActs(acts);
  for (const { id } of kept) awaited.set(id, undefined);
  await changed();
  await tryNow();
  const delivery = await deliveryOf(kept);
  for (const { id } of kept) awaited.delete(id);
  return { kept, delivery };
}

/** Somebody looks on: a round, as long as one looks. */
async function tryNow(): Promise<void> {
  const { promise: patience, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, PATIENCE_MS);
  await Promise.race([round(), patience]);
}

/** What came of the first that did not go through; sent where all of them did. */
async function deliveryOf(kept: readonly KeptAct[]): Promise<Delivery> {
  for (const act of kept) {
    const delivery = awaited.get(act.id) ?? (await asLeft(act));
    if (delivery.kind !== 'sent') return delivery;
  }
  return { kind: 'sent' };
}

/** Another tab may have sent it. */
async function asLeft(act: KeptAct): Promise<Delivery> {
  const found = (await readActs(act.account)).find((one) => one.id === act.id);
  return { kind: found?.state === 'sent' ? 'sent' : 'waits' };
}

/** Writes a report down, and tries to send it. Undefined once it has arrived; else what is left of it. */
export async function report(given: KeptReport): Promise<KeptReport | undefined> {
  await putReport(given);
  await changed();
  await tryNow();
  return (await readReports(given.account)).find(({ key }) => key === given.key);
}

/** A report that was refused is not sent any more. */
export async function dropReport(key: string): Promise<void> {
  await removeReport(key);
  await changed();
}

export function sendNow(): void {
  failures = 0;
  void round();
}

/** Takes acts that have not arrived off the phone for good, without their pictures: those go on in a draft or in a supplement. */
export async function takeBack(acts: readonly KeptAct[]): Promise<void> {
  const [first] = acts;
  if (!first) return;
  const ids = new Set(acts.map(({ id }) => id));
  await removeActs((await readActs(first.account)).filter((act) => ids.has(act.id) && isOpen(act)));
  await changed();
}

export async function supplementInstead(acts: readonly KeptAct[], by: NewAct): Promise<void> {
  await replaceActs(acts, by);
  await changed();
  sendNow();
}

/** Not sent any more; the words stay on the phone for a week. */
export async function giveUp(acts: readonly KeptAct[]): Promise<void> {
  for (const act of acts) await putAct({ ...act, state: 'dropped', endedAt: Date.now() });
  await changed();
}
