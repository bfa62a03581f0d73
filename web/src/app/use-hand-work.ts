import type { Session } from '#contract/platform';
import { useEffect } from 'react';

import { CallError } from './call.ts';
import { queryClient } from './query-client.ts';
import { isHand } from './session.ts';

/**
 * For who works on the spot: what waits on the phone goes on, the page comes also without a signal, and what is shown is
 * asked for anew once there is one. Nobody else loads any of it.
 */
export function useHandWork(session: Session | undefined): void {
  const account = session !== undefined && isHand(session) ? session.user.username : undefined;
  const reads = session?.capabilities.includes('duty.read') ?? false;
  useEffect(() => {
    if (account === undefined) return undefined;
    let stop: (() => void) | undefined;
    let gone = false;
    void import('../features/response/queue/work-queue.ts').then(({ startQueue }) => {
      if (!gone) stop = startQueue(account);
    });
    void import('./follow-worker.ts').then(({ followWorker }) => followWorker());
    if (reads) void import('../features/command/contacts/keep-book.ts').then(keepOnce);
    const back = (): void => void queryClient.invalidateQueries();
    window.addEventListener('online', back);
    return () => {
      gone = true;
      stop?.();
      window.removeEventListener('online', back);
    };
  }, [account, reads]);
}

/** The book is there for the next time where it cannot be had now. */
async function keepOnce({ keepBook }: { readonly keepBook: () => Promise<void> }): Promise<void> {
  try {
    await keepBook();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
  }
}
