import { forgetCredentials } from '../session/credential.ts';

/** What these people may do has changed: they, and whoever acts for one of them, are asked for anew with the next request. */
export function forgetPeople(accounts: readonly number[]): void {
  if (accounts.length === 0) return;
  const changed = new Set(accounts);
  forgetCredentials(
    ({ actor }) => changed.has(actor.accountId) || actor.rights.principals.some((id) => changed.has(id)),
  );
}
