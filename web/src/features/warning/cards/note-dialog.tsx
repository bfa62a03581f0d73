import { Input, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { TEXT } from './text.ts';

interface NoteDialogProps {
  readonly onWrite: (reason: string) => void;
  readonly onCancel: () => void;
}

/** What is to be written to every warning of the chosen cards. */
export function NoteDialog({ onWrite, onCancel }: NoteDialogProps): ReactElement {
  const [text, setText] = useState('');
  return (
    <Modal
      open
      title={TEXT.noteTitle}
      okText={TEXT.noteOk}
      okButtonProps={{ disabled: text.trim() === '' }}
      onOk={() => onWrite(text.trim())}
      onCancel={onCancel}
    >
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={500}
        aria-label={TEXT.noteLabel}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </Modal>
  );
}
