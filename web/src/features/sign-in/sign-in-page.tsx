import './sign-in.css';

import { ERROR_WORDING } from '#base';
import { useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import { lazy, type ReactElement, Suspense, useEffect } from 'react';

import { Loading } from '../../ui/states.tsx';
import { CodeStep } from './code-step.tsx';
import { PasswordStep } from './password-step.tsx';
import { PinStep } from './pin-step.tsx';
import { ProviderLink } from './provider-link.tsx';
import { TEXT } from './text.ts';
import { useSignIn } from './use-sign-in.ts';

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
        {state.step === 'loading' && <Loading rows={3} />}
        {state.step === 'pin' && (
          <PinStep
            person={state.person}
            pending={state.isPending}
            onSubmit={state.signInWithPin}
            onPassword={state.usePassword}
          />
        )}
        {state.step === 'password' && (
          <>
            <PasswordStep pending={state.isPending} onSubmit={state.signIn} />
            <ProviderLink from={from ?? '/'} />
            <p className="quiet">{TEXT.idle}</p>
          </>
        )}
        {state.step === 'code' && (
          <CodeStep pending={state.isPending} onSubmit={state.giveCode} onBack={state.usePassword} />
        )}
        {state.step === 'owing' && state.session && (
          <Suspense fallback={<Loading rows={3} />}>
            <OwingStep
              session={state.session}
              known={state.known}
              onPaid={state.goOn}
              onLeft={state.usePassword}
            />
          </Suspense>
        )}
      </div>
    </main>
  );
}

/** What the identity provider's way in came back with. */
function wordsOf(fault: string | undefined): string | undefined {
  const found = Object.entries(ERROR_WORDING).find(([code]) => code === fault && code.startsWith('identity.'));
  return found?.[1];
}
