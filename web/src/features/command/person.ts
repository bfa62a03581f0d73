import type { DutyPerson } from '#contract/command';

/** Exactly one of the two, as the contract takes it. */
type PersonRef = { readonly username: string } | { readonly contact: number };

/** Somebody who can stand a seat, with a key to tell people of the accounts from those of the book. */
export interface Person {
  readonly key: string;
  readonly name: string;
}

export function personOf(person: DutyPerson): Person {
  const key = person.kind === 'account' ? `account ${person.username ?? ''}` : `contact ${person.id}`;
  return { key, name: person.name };
}

export function refOf({ key }: Person): PersonRef {
  const rest = key.slice(key.indexOf(' ') + 1);
  return key.startsWith('account ') ? { username: rest } : { contact: Number(rest) };
}
