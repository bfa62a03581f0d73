import { type NotificationPreference, notificationRoutes, type OwnWay } from '#contract/command';
import { App, Input, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { isWrongPassword } from '../../../../ui/secrets/is-wrong-password.ts';
import { SecretField } from '../../../../ui/secrets/secret-field.tsx';
import { PASSWORD_TEXT } from '../../../../ui/secrets/text.ts';
import { Failure } from '../../../../ui/states.tsx';
import { TEXT as COMMON } from '../../text.ts';
import { useAct } from '../../use-act.ts';
import { ADDRESS_TEXT as TEXT } from './text.ts';

interface AddressFormProps {
  readonly way: OwnWay;
  readonly quiet: NotificationPreference['quiet'];
  readonly onClose: () => void;
}

/** Another account in a channel; with the password, since warnings go there from now on. */
export function AddressForm({ way: { kind, kindText }, quiet, onClose }: AddressFormProps): ReactElement {
  const { message } = App.useApp();
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
  const save = useAct(notificationRoutes.putNotificationPreference, () => {
    void message.success(TEXT.saved);
    onClose();
  });
  const isWrong = isWrongPassword(save.error);
  const send = (): void => save.mutate({ body: { quiet, addresses: { [kind]: address.trim() }, password } });
  return (
    <Modal
      open
      className="command-modal"
      title={TEXT.title(kindText)}
      onCancel={onClose}
      onOk={send}
      okText={COMMON.save}
      cancelText={COMMON.cancel}
      okButtonProps={{ disabled: password === '' }}
      confirmLoading={save.isPending}
    >
      <div className="command-form">
        <label>
          <span className="form-label">{TEXT.labels[kind]}</span>
          <Input
            autoFocus
            autoComplete="off"
            maxLength={200}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
          <span className="form-hint">{TEXT.hint(kind)}</span>
        </label>
        <p className="form-hint">{TEXT.why}</p>
        <SecretField
          label={TEXT.password}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(typed) => {
            setPassword(typed);
            save.reset();
          }}
          fault={isWrong ? PASSWORD_TEXT.wrong : undefined}
        />
        {save.error && !isWrong && <Failure error={save.error} />}
      </div>
    </Modal>
  );
}
