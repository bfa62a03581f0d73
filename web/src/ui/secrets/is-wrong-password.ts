import { CallError } from '../../app/call.ts';

/** Whether what was refused is the password of who is signed in already: the sentence for a sign-in would send them astray. */
export function isWrongPassword(error: Error | null): boolean {
  return error instanceof CallError && error.code === 'session.refused';
}
