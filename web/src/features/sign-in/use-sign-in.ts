import { platformRoutes, type Session } from '#contract/platform';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import { call, CallError } from '../../app/call.ts';
import { forgetKept } from '../../app/kept.ts';
import { sessionQuery } from '../../app/session.ts';
import type { Credentials } from './password-step.tsx';
import { boundDeviceQuery } from './queries.ts';
import { TEXT } from './text.ts';

type Step = 'loading' | 'pin' | 'password' | 'code' | 'owing';

export interface SignIn {
  readonly step: Step;
  readonly isPending: boolean;
  /** What went wrong, in a sentence. */
  readonly error: string | undefined;
  readonly person: string;
  /** Signed in, and owing something. */
  readonly session: Session | undefined;
  /** The password that was typed a moment ago. */
  readonly known: string | undefined;
  readonly signIn: (credentials: Credentials) => void;
  readonly giveCode: (otp: string) => void;
  readonly signInWithPin: (pin: string) => void;
  /** Back to name and password. */
  readonly startOver: () => void;
  /** Something owed was done: on to the next, or to the desk. */
  readonly goOn: () => void;
}

/** Where somebody stands on the way in, and what takes them on. */
export function useSignIn(): SignIn {
  const { owing } = useSearch({ from: '/sign-in' });
  const device = useQuery(boundDeviceQuery);
  const [entered, setEntered] = useState<Session>();
  const [credentials, setCredentials] = useState<Credentials>();
  const [byPassword, setByPassword] = useState(false);
  const attempts = useAttempts(setEntered, () => setByPassword(true));
  const { withPassword, withPin, goOn, codeStep } = attempts;
  const isOwing = owing === true && !byPassword && entered === undefined;
  const owed = useQuery({ ...sessionQuery, enabled: isOwing, staleTime: 0 });
  const session = isOwing ? owed.data : entered;
  return {
    step: stepOf({
      owing: Boolean(session?.obligation),
      code: codeStep,
      loading: device.isPending || owed.isLoading,
      pin: device.data?.bound === true && !byPassword,
    }),
    isPending: withPassword.isPending || withPin.isPending,
    error: attempts.error,
    person: device.data?.person ?? '',
    session,
    known: credentials?.password,
    signIn: (given) => {
      setCredentials(given);
      withPassword.mutate(given);
    },
    giveCode: (otp) => credentials && withPassword.mutate({ ...credentials, otp }),
    signInWithPin: (pin) => withPin.mutate(pin),
    startOver: () => {
      setByPassword(true);
      setEntered(undefined);
      setCredentials(undefined);
      for (const attempt of [withPassword, withPin, goOn]) attempt.reset();
    },
    goOn: () => goOn.mutate(),
  };
}

/** The first that holds, in this order; otherwise name and password. */
function stepOf(holds: Readonly<Record<Exclude<Step, 'password'>, boolean>>): Step {
  const order = ['owing', 'code', 'loading', 'pin'] as const;
  return order.find((step) => holds[step]) ?? 'password';
}

/** What is asked of the server; whoever owes nothing goes where they wanted to. */
function useAttempts(onOwing: (session: Session) => void, onUnbound: () => void) {
  const { from } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const client = useQueryClient();
  const onSuccess = async (session: Session): Promise<void> => {
    await refuseWithoutCookie();
    await forgetOthers(session.user.username);
    // What another account saw must not flash up; the desk asks anew who is here.
    client.clear();
    if (session.obligation === null) router.history.push(from ?? '/');
    else onOwing(session);
  };
  const withPassword = useMutation({
    mutationFn: (body: Credentials & { readonly otp?: string }) => call(platformRoutes.signIn, { body }),
    onSuccess,
  });
  const withPin = useMutation({
    mutationFn: (pin: string) => call(platformRoutes.signInWithPin, { body: { pin } }),
    onSuccess,
    // The binding is over: only the password opens now.
    onError: (error) => isCode(error, 'session.device-unknown') && onUnbound(),
  });
  const goOn = useMutation({ mutationFn: () => call(platformRoutes.getSession), onSuccess });
  // A wrong code is answered like a missing one: the page stays at the code while it is checked again.
  const codeAsked = isCode(withPassword.error, 'session.otp-required');
  const codeGiven = withPassword.variables?.otp !== undefined;
  const error = withPassword.error ?? withPin.error ?? goOn.error;
  return {
    withPassword,
    withPin,
    goOn,
    codeStep: codeAsked || (codeGiven && withPassword.isPending),
    // The first time the code is asked for, nothing went wrong.
    error: codeAsked && !codeGiven ? undefined : error?.message,
  };
}

function isCode(error: Error | null, code: string): boolean {
  return error instanceof CallError && error.code === code;
}

/**
 * In a frame of another system's page a browser may keep no session: then that is said, instead of asking for the password again
 * and again.
 */
async function refuseWithoutCookie(): Promise<void> {
  if (window.top === window) return;
  try {
    await call(platformRoutes.getSession);
  } catch (error) {
    throw error instanceof CallError && error.status === 401 ? new Error(TEXT.noCookie) : error;
  }
}

const LAST_USER = 'puan.user';

/**
 * What the tab and the device hold of what somebody saw outlives an expired session for who returns to it, not for the next
 * person at the same screen. Drafts and acts that wait bear their account and are shown to nobody else.
 */
async function forgetOthers(username: string): Promise<void> {
  if (sessionStorage.getItem(LAST_USER) !== username) {
    sessionStorage.clear();
    await forgetKept();
  }
  sessionStorage.setItem(LAST_USER, username);
}
