import { CopyOutlined } from '@ant-design/icons';
import type { TemporaryPassword } from '#contract/platform';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { PASSWORD_TEXT } from './text.ts';

interface PasswordDialogProps {
  /** None: closed. */
  readonly passwords: readonly TemporaryPassword[];
  readonly onClose: () => void;
}

/** Temporary passwords, on screen this once; only its own button closes it. */
export function PasswordDialog({ passwords, onClose }: PasswordDialogProps): ReactElement | null {
  const [copied, setCopied] = useState('');
  const copy = (text: string): void => void navigator.clipboard?.writeText(text).then(() => setCopied(text));
  const all = passwords.map(({ username, name, password }) => `${username}\t${name}\t${password}`).join('\n');
  // A dialog that is only hidden would keep them in the page.
  if (passwords.length === 0) return null;
  return (
    <Modal
      open
      title={PASSWORD_TEXT.title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <>
          {passwords.length > 1 && (
            <Button icon={<CopyOutlined />} onClick={() => copy(all)}>
              {copied === all ? PASSWORD_TEXT.copied : PASSWORD_TEXT.copyAll}
            </Button>
          )}
          <Button type="primary" onClick={onClose}>
            {PASSWORD_TEXT.done}
          </Button>
        </>
      }
    >
      <p className="quiet">{PASSWORD_TEXT.hint}</p>
      <ul className="people-passwords">
        {passwords.map(({ username, name, password }) => (
          <li key={username}>
            <span>
              {name} <span className="quiet">{username}</span>
            </span>
            <code>{password}</code>
            <Button icon={<CopyOutlined />} onClick={() => copy(password)}>
              {copied === password ? PASSWORD_TEXT.copied : PASSWORD_TEXT.copy}
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
