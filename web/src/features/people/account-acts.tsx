import {
  type AccountAction,
  type AccountDetail,
  accountRoutes,
  type TemporaryPassword,
} from '#contract/platform';
import { Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { ChangeForm } from './change-form.tsx';
import { DelegationForm } from './delegation-form.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { requestAccount, useChange } from './queries.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { ACTION_TEXT, CONSEQUENCE, FORM_TEXT } from './text.ts';

interface AccountActsProps {
  readonly account: AccountDetail;
  readonly action: AccountAction;
  /** The whole number, for as long as the drawer is open. */
  readonly onPhone: (phone: string) => void;
  readonly onClose: () => void;
}

interface Done {
  readonly passwords: readonly TemporaryPassword[];
}

const NOTHING: Done = { passwords: [] };

/** Does one thing to an account: with a reason, or by a form. */
export function AccountActs({ account, action, onPhone, onClose }: AccountActsProps): ReactElement {
  const [passwords, setPasswords] = useState<readonly TemporaryPassword[]>([]);
  const change = useChange(({ reason, left }: { readonly reason: string; readonly left: boolean }) =>
    perform(account.id, action, { reason, left, onPhone }),
  );
  if (passwords.length > 0) return <PasswordDialog passwords={passwords} onClose={onClose} />;
  if (action === 'request-change' || action === 'delegate') {
    const title = `${ACTION_TEXT[action]} · ${account.name}`;
    return (
      <Modal open title={title} footer={null} onCancel={onClose} width="min(720px, 100vw)">
        {action === 'delegate' ? (
          <DelegationForm principal={account.username} onDone={onClose} />
        ) : (
          <ChangeForm account={account} onDone={onClose} />
        )}
      </Modal>
    );
  }
  if (action === 'unlock') {
    return (
      <Modal
        open
        title={`${ACTION_TEXT.unlock} · ${account.name}`}
        okText={ACTION_TEXT.unlock}
        okButtonProps={{ loading: change.isPending }}
        onOk={() => change.mutate({ reason: '', left: false }, { onSuccess: onClose })}
        onCancel={onClose}
      >
        {change.error?.message}
      </Modal>
    );
  }
  return (
    <ReasonDialog
      title={ACTION_TEXT[action]}
      hint={CONSEQUENCE[action]}
      {...(action === 'request-close' ? { check: FORM_TEXT.left } : {})}
      pending={change.isPending}
      error={change.error}
      onSend={(reason, left) =>
        change.mutate(
          { reason, left },
          {
            onSuccess: (done) => (done.passwords.length > 0 ? setPasswords(done.passwords) : onClose()),
          },
        )
      }
      onClose={onClose}
    />
  );
}

interface Given {
  readonly reason: string;
  readonly left: boolean;
  readonly onPhone: (phone: string) => void;
}

async function perform(id: number, action: AccountAction, given: Given): Promise<Done> {
  const input = { params: { id }, body: { reason: given.reason } };
  switch (action) {
    case 'disable':
      await call(accountRoutes.disableAccount, input);
      return NOTHING;
    case 'enable':
      await call(accountRoutes.enableAccount, input);
      return NOTHING;
    case 'unlock':
      await call(accountRoutes.unlockAccount, { params: { id } });
      return NOTHING;
    case 'reset-password':
      return { passwords: [await call(accountRoutes.resetPassword, input)] };
    case 'reset-second-factor':
      await call(accountRoutes.resetSecondFactor, input);
      return NOTHING;
    case 'reveal':
      given.onPhone((await call(accountRoutes.revealPhone, input)).phone);
      return NOTHING;
    case 'request-close':
      await requestAccount({ action: 'close', account: id, left: given.left, reason: given.reason });
      return NOTHING;
    case 'request-reset':
      await requestAccount({ action: 'reset-password', account: id, reason: given.reason });
      return NOTHING;
    case 'request-change':
    case 'delegate':
      return NOTHING;
    default:
      return action satisfies never;
  }
}
