import type { WorkOrderAction } from '#model/response';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

import { type Draft, draftShape } from '../draft.ts';

/** A picture on this phone, until it has gone with an act. */
export interface KeptPhoto {
  readonly id: string;
  readonly account: string;
  readonly order: number;
  readonly step: string | null;
  readonly name: string;
  readonly blob: Blob;
  /** Sealed as it was taken: when, where, and what the bytes were; null where the phone may not or cannot say. */
  readonly takenAt: number;
  readonly place: Draft['location'] | null;
  readonly sha256: string | null;
  /** Its id at the server, once it is there. */
  readonly attachment: number | null;
}

/** What somebody did to an order and the server does not know yet. */
export interface KeptAct {
  /** Grows with each act: the order in which they were done. */
  readonly id: number;
  readonly account: string;
  readonly order: number;
  readonly code: string;
  readonly object: string;
  readonly action: WorkOrderAction | 'supplement';
  /** The body as it is sent, but for pictures and moments. */
  readonly content: object;
  /** As it was typed, to be mended where it is refused. */
  readonly draft: Draft;
  readonly photos: readonly string[];
  readonly idempotencyKey: string;
  readonly at: number;
  readonly state: 'waiting' | 'conflict' | 'sent' | 'dropped';
  /** Why it was refused. */
  readonly problem: { readonly code: string; readonly text: string } | null;
  /** When it was sent or given up. */
  readonly endedAt: number | null;
}
export type NewAct = Omit<KeptAct, 'id' | 'state' | 'problem' | 'endedAt'>;

interface KeptDraft {
  readonly account: string;
  readonly order: number;
  readonly draft: Draft;
}
interface Work extends DBSchema {
  drafts: { key: [string, number]; value: KeptDraft };
  photos: { key: string; value: KeptPhoto };
  acts: { key: number; value: KeptAct };
}

let opened: Promise<IDBPDatabase<Work>> | undefined;

function open(): Promise<IDBPDatabase<Work>> {
  opened ??= openDB<Work>('puan-work', 1, {
    upgrade: (db) => {
      db.createObjectStore('drafts', { keyPath: ['account', 'order'] });
      db.createObjectStore('photos', { keyPath: 'id' });
      db.createObjectStore('acts', { keyPath: 'id', autoIncrement: true });
    },
  });
  return opened;
}

/** What was kept by an earlier version of the page and no longer fits is no draft. */
export async function readDraft(account: string, order: number): Promise<Draft | undefined> {
  const found = await (await open()).get('drafts', [account, order]);
  const parsed = draftShape.safeParse(found?.draft);
  return parsed.success ? parsed.data : undefined;
}

export async function writeDraft(account: string, order: number, draft: Draft): Promise<void> {
  await (await open()).put('drafts', { account, order, draft });
}

export async function removeDraft(account: string, order: number): Promise<void> {
  await (await open()).delete('drafts', [account, order]);
}

/** An act and the end of its draft are one: neither a crash nor a closed page leaves both or none. */
export async function addAct(act: NewAct): Promise<KeptAct> {
  const tx = (await open()).transaction(['acts', 'drafts'], 'readwrite', { durability: 'strict' });
  const waiting = { ...act, state: 'waiting', problem: null, endedAt: null } as const;
  // The store gives the number.
  const id = await tx.objectStore('acts').add(waiting as Omit<KeptAct, 'id'> as KeptAct);
  await tx.objectStore('drafts').delete([act.account, act.order]);
  await tx.done;
  return { ...waiting, id };
}

export async function putAct(act: KeptAct): Promise<void> {
  await (await open()).put('acts', act);
}

/** One act takes the place of several that cannot be done any more. */
export async function replaceActs(acts: readonly KeptAct[], by: NewAct): Promise<void> {
  const tx = (await open()).transaction('acts', 'readwrite', { durability: 'strict' });
  for (const { id } of acts) await tx.store.delete(id);
  await tx.store.add({ ...by, state: 'waiting', problem: null, endedAt: null } as Omit<
    KeptAct,
    'id'
  > as KeptAct);
  await tx.done;
}

export async function removeActs(acts: readonly KeptAct[]): Promise<void> {
  const tx = (await open()).transaction('acts', 'readwrite');
  for (const { id } of acts) await tx.store.delete(id);
  await tx.done;
}

/** Oldest first. */
export async function readActs(account: string): Promise<readonly KeptAct[]> {
  return (await (await open()).getAll('acts')).filter((act) => act.account === account);
}

export async function readPhoto(id: string): Promise<KeptPhoto | undefined> {
  return (await open()).get('photos', id);
}

export async function putPhoto(photo: KeptPhoto): Promise<void> {
  await (await open()).put('photos', photo);
}

/** Where a picture was taken is known a moment after it is on the phone. */
export async function sealPlace(id: string, place: NonNullable<KeptPhoto['place']>): Promise<void> {
  const tx = (await open()).transaction('photos', 'readwrite');
  const photo = await tx.store.get(id);
  if (photo?.attachment === null) await tx.store.put({ ...photo, place });
  await tx.done;
}

export async function removePhotos(ids: readonly string[]): Promise<void> {
  const tx = (await open()).transaction('photos', 'readwrite');
  for (const id of ids) await tx.store.delete(id);
  await tx.done;
}

/** Leaves nothing of somebody on this phone but, where asked, what the server has not got yet. */
export async function forgetWork(account: string, keepActs: boolean): Promise<void> {
  const tx = (await open()).transaction(['acts', 'drafts', 'photos'], 'readwrite');
  const acts = await tx.objectStore('acts').getAll();
  const held = acts.filter((one) => keepActs && one.account === account && isOpen(one));
  for (const act of acts) {
    if (act.account === account && !held.includes(act)) await tx.objectStore('acts').delete(act.id);
  }
  for (const draft of await tx.objectStore('drafts').getAll()) {
    if (draft.account === account) await tx.objectStore('drafts').delete([account, draft.order]);
  }
  const needed = new Set(held.flatMap((act) => act.photos));
  for (const photo of await tx.objectStore('photos').getAll()) {
    if (photo.account === account && !needed.has(photo.id)) await tx.objectStore('photos').delete(photo.id);
  }
  await tx.done;
}

/** Neither at the server nor given up. */
export function isOpen(act: KeptAct): boolean {
  return act.state === 'waiting' || act.state === 'conflict';
}
