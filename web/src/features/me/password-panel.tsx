import type { Session } from '#contract/platform';
import { App, Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { ChangePasswordForm } from '../../ui/secrets/change-password-form.tsx';
import { useAccountChanged } from './queries.ts';
import { PASSWORD_TEXT as TEXT } from './text.ts';

export function PasswordPanel({ session }: { readonly session: Session }): ReactElement {
  const [open, setOpen] = useState(false);
  const { message } = App.useApp();
  const changed = useAccountChanged();
  const done = (): void => {
    setOpen(false);
    message.success(TEXT.done);
    void changed();
  };
  return (
    <section className="panel" aria-labelledby="me-password">
      <h2 id="me-password">{TEXT.title}</h2>
      <div className="panel-body me-body">
        <p className="quiet">{session.notices.length > 0 ? TEXT.first : TEXT.ordinary}</p>
        {open ? (
          <div className="me-form">
            <ChangePasswordForm username={session.user.username} onDone={done} />
            <Button type="link" onClick={() => setOpen(false)}>
              {TEXT.cancel}
            </Button>
          </div>
        ) : (
          <Button onClick={() => setOpen(true)}>{TEXT.change}</Button>
        )}
      </div>
    </section>
  );
}
