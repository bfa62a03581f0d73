import './sign-in.css';

import { IDENTITY_WORDING } from '#base';
import { useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import { lazy, type ReactElement, Suspense, useEffect } from 'react';

import { Loading } from '../../ui/states.tsx';
import { CodeStep } from './code-step.tsx';
import { PasswordStep } from './password-step.tsx';
import { PinStep } from './pin-step.tsx';
import { ProviderLink } from './provider-link.tsx';
import { TEXT } from './text.ts';
import { type SignIn, useSignIn } from './use-sign-in.ts';

/** Needed once in ninety days: not part of the first load. */
const OwingStep = lazy(() => import('./owing-step.tsx').then(({ OwingStep }) => ({ default: OwingStep })));

/** The way in: password or PIN, a code where one is asked for, and what is owed before the desk opens. */
export function SignInPage(): ReactElement {
  const { from, expired, fault } = useSearch({ from: '/sign-in' });
  const state = useSignIn();
  useEffect(() => {
    document.title = `${TEXT.title} · ${TEXT.system}`;
  }, []);
  const { error } = state;
  const told = error ?? wordsOf(fault);
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <h1>
          {TEXT.system}
          <small>{TEXT.about}</small>
        </h1>
        {!window.isSecureContext && <Alert type="warning" showIcon title={TEXT.insecure} />}
        {expired && told === undefined && state.step === 'password' && (
          <Alert type="info" showIcon title={TEXT.expired} role="status" />
        )}
        {told !== undefined && <Alert type="error" showIcon title={told} role="alert" />}
        <CurrentStep state={state} from={from ?? '/'} />
      </div>
    </main>
  );
}

function CurrentStep({ state, from }: { readonly state: SignIn; readonly from: string }): ReactElement {
  const { step, session, isPending, startOver } = state;
  if (step === 'owing' && session) {
    return (
      <Suspense fallback={<Loading rows={3} />}>
        <OwingStep session={session} known={state.known} onPaid={state.goOn} onLeft={startOver} />
      </Suspense>
    );
  }
  if (step === 'pin') {
    return (
      <PinStep
        person={state.person}
        pending={isPending}
        onSubmit={state.signInWithPin}
        onPassword={startOver}
      />
    );
  }
  if (step === 'code') return <CodeStep pending={isPending} onSubmit={state.giveCode} onBack={startOver} />;
  if (step !== 'password') return <Loading rows={3} />;
  return (
    <>
      <PasswordStep pending={isPending} onSubmit={state.signIn} />
      <ProviderLink from={from} />
      <p className="quiet">{TEXT.idle}</p>
    </>
  );
}

/** What the identity provider's way in came back with. */
function wordsOf(fault: string | undefined): string | undefined {
  const found = Object.entries(IDENTITY_WORDING).find(([code]) => code === fault);
  return found?.[1];
}
