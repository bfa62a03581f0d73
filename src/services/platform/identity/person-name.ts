import { createHash } from 'node:crypto';

import type { Claims } from './claim-values.ts';
import type { ProvenPerson } from './identity-provider.ts';

const LONGEST_NAME = 100;
const PREFIX = 'oidc:';

/** What a person is called on screen: their name, without characters that could disguise what stands beside it. */
export function nameOf(claims: Claims, subject: string): string {
  const told = [claims['name'], claims['preferred_username'], claims['nickname']].map((value) =>
    typeof value === 'string' ? value.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim() : '',
  );
  const name = told.find((text) => text !== '') ?? subject;
  // A character that was cut in two goes, too.
  return name.slice(0, LONGEST_NAME).replaceAll(/\p{Cs}/gu, '');
}

/**
 * User names to try for a new account: the subject where it reads as one, else (or where another bears it) a digest of issuer
 * and subject. The prefix keeps both apart from the names that are given here.
 */
export function usernamesOf({ issuer, subject }: ProvenPerson): readonly string[] {
  const digest = createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url').slice(0, 22);
  const plain = /^[\w.@-]{1,60}$/u.test(subject) ? [PREFIX + subject] : [];
  return [...plain, PREFIX + digest];
}
