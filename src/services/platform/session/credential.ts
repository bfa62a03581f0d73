import { AppError } from '#base';
import type { Actor, RequestContext } from '#services/context';

import type { OpenedWith } from './open-session.ts';

/** What stands behind a secret. */
export interface Credential {
  readonly actor: Omit<Actor, 'address'>;
  /** Epoch ms; infinite for a token without an end. */
  readonly endsAt: number;
  /** Epoch ms when it ends unless somebody uses it; infinite for a token. */
  readonly idleEndsAt: number;
  /** The session that was opened with it, undefined for an API token. */
  readonly session: OpenSession | undefined;
  /** The API token, undefined for a session. */
  readonly token: number | undefined;
  readonly firstPassword: boolean;
  /** One-time codes are asked for at sign-in. */
  readonly secondFactor: boolean;
}

interface OpenSession {
  readonly id: number;
  readonly openedWith: OpenedWith;
  /** The bound device it runs on. */
  readonly device: number | undefined;
}

const held = new WeakMap<Actor, Credential>();

/** Remembers what an actor came with, apart from the actor itself, which is written into audit and logs. */
export function holdCredential(actor: Actor, credential: Credential): Actor {
  held.set(actor, credential);
  return actor;
}

/** What the actor came with; undefined for an actor that no finder made. */
export function credentialOf(actor: Actor): Credential | undefined {
  return held.get(actor);
}

/** The session of a person who signed in. Throws `session.person-required` for a token: it must not manage its issuer's account. */
export function requireSession(context: RequestContext): Credential & { readonly session: OpenSession } {
  const credential = held.get(context.actor);
  if (credential?.session === undefined) throw new AppError('session.person-required');
  return { ...credential, session: credential.session };
}

type Match = (credential: Credential) => boolean;

/** The finders of this process, and whoever wants to know that something ended. */
const finders = new Set<(match: Match) => void>();

export function onForget(listener: (match: Match) => void): void {
  finders.add(listener);
}

/** After the commit that ended sessions, tokens or accounts: this process no longer believes what it knew of them. */
export function forgetCredentials(match: Match): void {
  for (const forget of finders) forget(match);
}

/** The same for one session, where there was one. */
export function forgetSession(id: number | undefined): void {
  if (id !== undefined) forgetCredentials(({ session }) => session?.id === id);
}
