import './secrets.css';

import { platformRoutes } from '#contract/platform';
import { isTrivialPin, PIN_FORM } from '#model/platform';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { SecretField } from './secret-field.tsx';
import { DEVICE_TEXT as TEXT } from './text.ts';

/** Binds the device in hand to its person, with a PIN. */
export function BindDeviceForm({ onDone }: { readonly onDone: () => void }): ReactElement {
  const [name, setName] = useState<string>(TEXT.preset);
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const bind = useMutation({
    mutationFn: () => call(platformRoutes.bindDevice, { body: { name: name.trim() || TEXT.preset, pin } }),
    onSuccess: onDone,
  });
  const weak = !PIN_FORM.test(pin) || isTrivialPin(pin);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!weak && pin === again) bind.mutate();
  };
  return (
    <form className="secret-form" onSubmit={submit} noValidate>
      {bind.error && <Alert type="error" showIcon role="alert" title={bind.error.message} />}
      <SecretField label={TEXT.name} name="device" autoComplete="off" plain value={name} onChange={setName} />
      <SecretField
        label={TEXT.pin}
        name="pin"
        autoComplete="off"
        digits
        value={pin}
        onChange={setPin}
        fault={weak && tried ? TEXT.weak : undefined}
      />
      <SecretField
        label={TEXT.pinAgain}
        name="pin-again"
        autoComplete="off"
        digits
        value={again}
        onChange={setAgain}
        fault={tried && pin !== again ? TEXT.differ : undefined}
      />
      <p className="secret-hint">{TEXT.pinRule}</p>
      <p className="secret-hint">{TEXT.rule}</p>
      <Button type="primary" size="large" block htmlType="submit" loading={bind.isPending}>
        {TEXT.submit}
      </Button>
    </form>
  );
}
