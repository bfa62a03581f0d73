import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { useSyncExternalStore } from 'react';

import type {
  KeptAct,
  KeptDraft,
  KeptPhoto,
  KeptReport,
  KeptReportPhotos,
  KeptReportWords,
} from './kept-work.ts';

interface Work extends DBSchema {
  drafts: { key: [string, number]; value: KeptDraft };
  photos: { key: string; value: KeptPhoto };
  acts: { key: number; value: KeptAct };
  reports: { key: string; value: KeptReport };
  reportWords: { key: string; value: KeptReportWords };
  reportPhotos: { key: string; value: KeptReportPhotos };
}
export type StoreName = 'drafts' | 'photos' | 'acts' | 'reports' | 'reportWords' | 'reportPhotos';
type Key<N extends StoreName> = Work[N]['key'];
type Value<N extends StoreName> = Work[N]['value'];

/** What is done to the stores at once: all of it or nothing. */
export interface WorkTx {
  get<N extends StoreName>(store: N, key: Key<N>): Promise<Value<N> | undefined>;
  all<N extends StoreName>(store: N): Promise<readonly Value<N>[]>;
  put<N extends StoreName>(store: N, value: Value<N>): Promise<unknown>;
  /** Gives the number under which it stands. */
  addAct(act: Omit<KeptAct, 'id'>): Promise<number>;
  drop<N extends StoreName>(store: N, key: Key<N>): Promise<unknown>;
}

/**
 * What is wrong with this phone's store. `volatile`: the browser lets the page keep nothing, so that all lies in the page's memory
 * and is gone with it; `full`: there is no room for more.
 */
export type StoreTrouble = 'volatile' | 'full';

/** There is no room on this phone: what was to be written down is not. */
export class StoreFullError extends Error {
  constructor(cause: unknown) {
    super('这台手机的存储满了，没有存下。请删掉一些照片或应用后再试；文字可以先提交。', { cause });
    this.name = 'StoreFullError';
  }
}

/** Bases of their own, so that a page of an earlier version that is still open never stands in the way of a newer one. */
const BASES = {
  'puan-work': (db: IDBPDatabase<Work>): void => {
    db.createObjectStore('drafts', { keyPath: ['account', 'order'] });
    db.createObjectStore('photos', { keyPath: 'id' });
    db.createObjectStore('acts', { keyPath: 'id', autoIncrement: true });
  },
  'puan-reports': (db: IDBPDatabase<Work>): void => void db.createObjectStore('reports', { keyPath: 'key' }),
  'puan-report-draft': (db: IDBPDatabase<Work>): void => {
    db.createObjectStore('reportWords', { keyPath: 'account' });
    db.createObjectStore('reportPhotos', { keyPath: 'account' });
  },
} as const;
type Base = keyof typeof BASES;
const BASE_OF: Readonly<Record<StoreName, Base>> = {
  drafts: 'puan-work',
  photos: 'puan-work',
  acts: 'puan-work',
  reports: 'puan-reports',
  reportWords: 'puan-report-draft',
  reportPhotos: 'puan-report-draft',
};

const opened = new Map<Base, Promise<IDBPDatabase<Work> | MemoryWork>>();
let trouble: StoreTrouble | undefined;
const watchers = new Set<() => void>();

export function useStoreTrouble(): StoreTrouble | undefined {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => trouble,
  );
}

function tell(found: StoreTrouble | undefined): void {
  // Nothing that lies in memory alone becomes safe by fitting in.
  if (trouble === found || (trouble === 'volatile' && found === undefined)) return;
  trouble = found;
  for (const watcher of watchers) watcher();
}

/** Where there is no room, the page says so and what was drafted lives on the screen. */
export async function unlessFull(writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    if (!(error instanceof StoreFullError)) throw error;
  }
}

/** Runs on these stores, all of one base, in one transaction that is on the disk when it resolves. Throws {@link StoreFullError}. */
export async function withinWork<T>(
  stores: readonly StoreName[],
  mode: 'readonly' | 'readwrite',
  run: (tx: WorkTx) => Promise<T>,
): Promise<T> {
  const work = await baseOf(stores);
  if (work instanceof MemoryWork) return run(work);
  try {
    const tx = work.transaction([...stores], mode, { durability: 'strict' });
    const found = { wrote: false };
    const [done] = await Promise.all([run(writable(tx, found)), tx.done]);
    if (found.wrote) tell(undefined);
    return done;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
    tell('full');
    throw new StoreFullError(error);
  }
}

function baseOf([store = 'acts']: readonly StoreName[]): Promise<IDBPDatabase<Work> | MemoryWork> {
  const base = BASE_OF[store];
  const found = opened.get(base) ?? open(base);
  opened.set(base, found);
  return found;
}

/** The library types a store by the names that are known when it is written; these are known when it runs. */
interface Stores {
  objectStore(name: StoreName): {
    get(key: unknown): Promise<unknown>;
    getAll(): Promise<unknown>;
    put(value: unknown): Promise<unknown>;
    add(value: unknown): Promise<number>;
    delete(key: unknown): Promise<void>;
  };
}

function writable(tx: unknown, found: { wrote: boolean }): WorkTx {
  const stores = tx as Stores;
  return {
    get: (store, key) => stores.objectStore(store).get(key) as Promise<never>,
    all: (store) => stores.objectStore(store).getAll() as Promise<never>,
    put: (store, value) => {
      found.wrote = true;
      return stores.objectStore(store).put(value);
    },
    addAct: (act) => {
      found.wrote = true;
      return stores.objectStore('acts').add(act);
    },
    drop: (store, key) => stores.objectStore(store).delete(key),
  };
}

/** A browser that lets a page keep nothing (a private window, a view that forbids it) leaves its memory. */
async function open(base: Base): Promise<IDBPDatabase<Work> | MemoryWork> {
  try {
    return await openDB<Work>(base, 1, { upgrade: BASES[base], terminated: () => opened.delete(base) });
  } catch {
    tell('volatile');
    return new MemoryWork();
  }
}

class MemoryWork implements WorkTx {
  readonly #stores: { readonly [N in StoreName]: Map<string, Value<N>> } = {
    drafts: new Map(),
    photos: new Map(),
    acts: new Map(),
    reports: new Map(),
    reportWords: new Map(),
    reportPhotos: new Map(),
  };
  #acts = 0;

  get<N extends StoreName>(store: N, key: Key<N>): Promise<Value<N> | undefined> {
    return Promise.resolve(this.#stores[store].get(JSON.stringify(key)));
  }

  all<N extends StoreName>(store: N): Promise<readonly Value<N>[]> {
    return Promise.resolve([...this.#stores[store].values()]);
  }

  put<N extends StoreName>(store: N, value: Value<N>): Promise<unknown> {
    this.#stores[store].set(keyOf(value), value);
    return Promise.resolve();
  }

  addAct(act: Omit<KeptAct, 'id'>): Promise<number> {
    this.#acts += 1;
    this.#stores.acts.set(JSON.stringify(this.#acts), { ...act, id: this.#acts });
    return Promise.resolve(this.#acts);
  }

  drop<N extends StoreName>(store: N, key: Key<N>): Promise<unknown> {
    this.#stores[store].delete(JSON.stringify(key));
    return Promise.resolve();
  }
}

function keyOf(value: Value<StoreName>): string {
  if ('key' in value) return JSON.stringify(value.key);
  if ('id' in value) return JSON.stringify(value.id);
  return JSON.stringify('order' in value ? [value.account, value.order] : value.account);
}
