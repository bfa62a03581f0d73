import { type Actor, type Ground, SystemContext } from '#services/context';

import { type Credential, holdCredential, onForget } from './credential.ts';
import { findSession } from './find-session.ts';
import { findToken } from './find-token.ts';
import { hashToken } from './token-text.ts';

/**
 * How long an answer is believed without asking the tables again. What ends in this process is forgotten at once; what
 * another one ends takes effect this late.
 */
const BELIEVED_MS = 5_000;
const KEPT = 20_000;

interface Answer {
  readonly credential: Promise<Credential | undefined>;
  readonly askedAt: number;
  readonly automatic: boolean;
  /** Once it is known. */
  found?: Credential | undefined;
}

/** `automatic`: the page asked by itself, nobody did anything. */
export type FindActor = (token: string, address: string, automatic?: boolean) => Promise<Actor | undefined>;

/**
 * Who stands behind a secret from the cookie or `Authorization: Bearer`, whether of a session or of a token; undefined when
 * it is unknown, ended or revoked. One finder serves the whole process.
 */
export function createFindActor(ground: Ground): FindActor {
  const finder = new ActorFinder(new SystemContext(ground));
  onForget((match) => finder.forget(match));
  return (token, address, automatic = false) => finder.find(token, address, automatic);
}

class ActorFinder {
  readonly #context: SystemContext;
  readonly #answers = new Map<string, Answer>();

  constructor(context: SystemContext) {
    this.#context = context;
  }

  async find(token: string, address: string, automatic: boolean): Promise<Actor | undefined> {
    const now = this.#context.now();
    const known = this.#answers.get(token);
    // What the page asked by itself has not noted that a person is there.
    const enough = known && now - known.askedAt < BELIEVED_MS && (automatic || !known.automatic);
    const answer = enough ? known : this.#ask(token, now, automatic);
    const credential = await answer.credential;
    if (!credential || credential.endsAt <= now || credential.idleEndsAt <= now) return undefined;
    return holdCredential({ ...credential.actor, address }, credential);
  }

  /** Also what is still being asked: it may have been read before the end was written. */
  forget(match: (credential: Credential) => boolean): void {
    for (const [token, answer] of this.#answers) {
      if (!answer.found || match(answer.found)) this.#answers.delete(token);
    }
  }

  #ask(token: string, now: number, automatic: boolean): Answer {
    const hash = hashToken(token);
    const asked = this.#context.transaction(
      async (tx) => (await findSession(tx, hash, { now, automatic })) ?? (await findToken(tx, hash, now)),
    );
    const answer: Answer = { credential: asked, askedAt: now, automatic };
    this.#answers.delete(token);
    this.#answers.set(token, answer);
    const forgetThis = (): void => {
      if (this.#answers.get(token) === answer) this.#answers.delete(token);
    };
    // Secrets that lead nowhere are not kept, or guessing would fill the memory.
    asked.then((found) => {
      answer.found = found;
      if (!found) forgetThis();
    }, forgetThis);
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > KEPT && !oldest.done) this.#answers.delete(oldest.value);
    return answer;
  }
}
