import { platformRoutes, type Session } from '#contract/platform';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import { call, CallError } from '../../app/call.ts';
import { sessionQuery } from '../../app/session.ts';
import type { Credentials } from './password-step.tsx';
import { boundDeviceQuery } from './queries.ts';

type Step = 'loading' | 'pin' | 'password' | 'code' | 'owing';

interface SignIn {
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
  readonly usePassword: () => void;
  readonly goOn: () => void;
}

/** Where somebody stands on the way in, and what takes them on. */
export function useSignIn(): SignIn {
  const { from, owing } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const client = useQueryClient();
  const device = useQuery(boundDeviceQuery);
  const [entered, setEntered] = useState<Session>();
  const [credentials, setCredentials] = useState<Credentials>();
  const [codeAsked, setCodeAsked] = useState(false);
  const [byPassword, setByPassword] = useState(false);
  const owed = useQuery({ ...sessionQuery, enabled: owing === true && !byPassword && !entered, staleTime: 0 });
  const session = entered ?? (owing && !byPassword ? owed.data : undefined);

  const enter = (next: Session): void => {
    forgetOthersDrafts(next.user.username);
    // What another account saw must not flash up; the desk asks anew who is here.
    client.clear();
    if (next.obligation === null) router.history.push(from ?? '/');
    else setEntered(next);
  };
  const withPassword = useMutation({
    mutationFn: (body: Credentials & { readonly otp?: string }) => call(platformRoutes.signIn, { body }),
    onSuccess: enter,
    onError: (error) => setCodeAsked(isCode(error, 'session.otp-required')),
  });
  const withPin = useMutation({
    mutationFn: (pin: string) => call(platformRoutes.signInWithPin, { body: { pin } }),
    onSuccess: enter,
    // The binding is over: only the password opens now.
    onError: (error) => setByPassword(isCode(error, 'session.device-unknown')),
  });
  const goOn = useMutation({ mutationFn: () => call(platformRoutes.getSession), onSuccess: enter });

  const usePassword = (): void => {
    setByPassword(true);
    setEntered(undefined);
    setCodeAsked(false);
    setCredentials(undefined);
    for (const attempt of [withPassword, withPin, goOn]) attempt.reset();
  };
  return {
    step: stepOf(),
    isPending: withPassword.isPending || withPin.isPending,
    error: sentence(),
    person: device.data?.person ?? '',
    session,
    known: credentials?.password,
    signIn: (given) => {
      setCredentials(given);
      withPassword.mutate(given);
    },
    giveCode: (otp) => credentials && withPassword.mutate({ ...credentials, otp }),
    signInWithPin: (pin) => withPin.mutate(pin),
    usePassword,
    goOn: () => goOn.mutate(),
  };

  function stepOf(): Step {
    if (session?.obligation) return 'owing';
    if (codeAsked) return 'code';
    if (device.isPending || (owing && owed.isPending && owed.isFetching)) return 'loading';
    return device.data?.bound && !byPassword ? 'pin' : 'password';
  }

  function sentence(): string | undefined {
    const error = withPassword.error ?? withPin.error ?? goOn.error;
    // The first time the code is asked for, nothing went wrong.
    if (isCode(error, 'session.otp-required') && withPassword.variables?.otp === undefined) return undefined;
    return error?.message;
  }
}

function isCode(error: Error | null, code: string): boolean {
  return error instanceof CallError && error.code === code;
}

const LAST_USER = 'puan.user';

/** Drafts outlive an expired session for who returns to it, not for the next person at the same screen. */
function forgetOthersDrafts(username: string): void {
  if (sessionStorage.getItem(LAST_USER) !== username) sessionStorage.clear();
  sessionStorage.setItem(LAST_USER, username);
}
