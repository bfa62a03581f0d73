import { platformRoutes, type Session } from '#contract/platform';
import { useMutation } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { BindDeviceForm } from '../../ui/secrets/bind-device-form.tsx';
import { ChangePasswordForm } from '../../ui/secrets/change-password-form.tsx';
import { EnrolTotp } from '../../ui/secrets/enrol-totp.tsx';
import { OWING_TEXT as TEXT } from './text.ts';

interface OwingStepProps {
  readonly session: Session;
  /** The password that was typed a moment ago. */
  readonly known: string | undefined;
  readonly onPaid: () => void;
  readonly onLeft: () => void;
}

/** What has to be done before anything else: a password of one's own, then a second factor. */
export function OwingStep({ session, known, onPaid, onLeft }: OwingStepProps): ReactElement | null {
  const leave = useMutation({ mutationFn: () => call(platformRoutes.signOut), onSettled: onLeft });
  const { obligation, user } = session;
  if (obligation === null) return null;
  const words = TEXT[obligation];
  return (
    <>
      <div>
        <h2>{words.title}</h2>
        <p className="quiet">{words.hint}</p>
      </div>
      {obligation === 'password' ? (
        <ChangePasswordForm username={user.username} known={known} onDone={onPaid} />
      ) : (
        <SecondFactor mayBind={session.mayBindDevice} onDone={onPaid} />
      )}
      <Button type="link" loading={leave.isPending} onClick={() => leave.mutate()}>
        {TEXT.leave}
      </Button>
    </>
  );
}

function SecondFactor({
  mayBind,
  onDone,
}: {
  readonly mayBind: boolean;
  readonly onDone: () => void;
}): ReactElement {
  const [way, setWay] = useState<'device' | 'totp'>(mayBind ? 'device' : 'totp');
  return (
    <>
      {mayBind && (
        <Segmented
          block
          vertical
          value={way}
          onChange={(chosen) => setWay(chosen)}
          options={[
            { value: 'device' as const, label: TEXT.chooseDevice },
            { value: 'totp' as const, label: TEXT.chooseTotp },
          ]}
        />
      )}
      {way === 'device' ? <BindDeviceForm onDone={onDone} /> : <EnrolTotp onDone={onDone} />}
    </>
  );
}
