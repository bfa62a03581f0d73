import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** Older answers are not shown: by then the order is in other hands. */
const OLDEST_MS = 72 * 3_600_000;

interface Answer {
  readonly at: number;
  readonly data: unknown;
}
interface Answers extends DBSchema {
  answers: { key: string; value: Answer };
}

let opened: Promise<IDBPDatabase<Answers>> | undefined;

function open(): Promise<IDBPDatabase<Answers>> {
  opened ??= openDB<Answers>('puan-answers', 1, { upgrade: (db) => void db.createObjectStore('answers') });
  return opened;
}

/** Writes down what the server answered, for when it cannot be asked. */
export async function writeAnswer(key: string, data: unknown): Promise<void> {
  await (await open()).put('answers', { at: Date.now(), data }, key);
}

export async function readAnswer(key: string): Promise<Answer | undefined> {
  const found = await (await open()).get('answers', key);
  return found && Date.now() - found.at <= OLDEST_MS ? found : undefined;
}

/** Nothing that one person saw is left for the next. */
export async function forgetAnswers(): Promise<void> {
  await (await open()).clear('answers');
}
