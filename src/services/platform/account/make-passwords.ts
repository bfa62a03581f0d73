import { hashPassword } from '../session/password.ts';
import { newTemporaryPassword } from './temporary-password.ts';

/** A temporary password and what is stored of it. */
export interface MadePassword {
  readonly text: string;
  readonly hash: string;
}

/** At once: leaves threads to those who sign in meanwhile. */
const AT_ONCE = 2;

/** So many temporary passwords, each hashed with a salt of its own. */
export async function makePasswords(count: number): Promise<readonly MadePassword[]> {
  const made: MadePassword[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const texts = Array.from({ length: Math.min(AT_ONCE, count - from) }, newTemporaryPassword);
    made.push(...(await Promise.all(texts.map(async (text) => ({ text, hash: await hashPassword(text) })))));
  }
  return made;
}
