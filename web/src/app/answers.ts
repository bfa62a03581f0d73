import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

import { type Answer, isReadable } from './readable-answer.ts';

/** Which shapes the server answers in, as this page was built. */
declare const SHAPES: string;

interface Answers extends DBSchema {
  answers: { key: string; value: Answer };
}

let opened: Promise<IDBPDatabase<Answers> | undefined> | undefined;

/** Undefined where the browser lets the page keep nothing: then nothing is kept, and the page works by the line alone. */
function open(): Promise<IDBPDatabase<Answers> | undefined> {
  opened ??= openAnswers();
  return opened;
}

async function openAnswers(): Promise<IDBPDatabase<Answers> | undefined> {
  try {
    return await openDB<Answers>('puan-answers', 1, {
      upgrade: (db) => void db.createObjectStore('answers'),
    });
  } catch {
    return undefined;
  }
}

/** Writes down what the server answered, for when it cannot be asked; whether there was room. */
export async function writeAnswer(key: string, data: unknown): Promise<boolean> {
  try {
    await (await open())?.put('answers', { at: Date.now(), shapes: SHAPES, data }, key);
    return true;
  } catch (error) {
    // Work that is not handed in yet needs the room more; without a signal an older answer is shown.
    if (error instanceof DOMException && error.name === 'QuotaExceededError') return false;
    throw error;
  }
}

export async function readAnswer(key: string): Promise<Answer | undefined> {
  const found = await (await open())?.get('answers', key);
  return found && isReadable(found, { now: Date.now(), shapes: SHAPES }) ? found : undefined;
}

/** Nothing that one person saw is left for the next. */
export async function forgetAnswers(): Promise<void> {
  await (await open())?.clear('answers');
}
