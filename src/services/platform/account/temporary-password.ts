import { randomInt } from 'node:crypto';

/** Without what is misread on a slip of paper: 0 O, 1 l I. */
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const LOWER = 'abcdefghijkmnpqrstuvwxyz';
const DIGITS = '23456789';
const ALL = UPPER + LOWER + DIGITS;
const GROUPS = 4;
const GROUP = 4;

/** A password for one sign-in, `Xk4m-…`: four groups of four, with every class of characters; about 90 bits. */
export function newTemporaryPassword(): string {
  const groups = Array.from({ length: GROUPS }, () => pick(ALL, GROUP));
  const text = groups.join('-');
  return [UPPER, LOWER, DIGITS].every((one) => Array.from(text).some((letter) => one.includes(letter)))
    ? text
    : newTemporaryPassword();
}

function pick(letters: string, count: number): string {
  return Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('');
}
