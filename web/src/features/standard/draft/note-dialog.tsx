import { Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { ACT_TEXT } from '../draft-text.ts';
import { TEXT } from '../text.ts';
import { Field } from './field.tsx';

const SHORTEST = 5;

interface NoteDialogProps {
  readonly title: string;
  readonly hint?: string;
  readonly label: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onSend: (note: string) => void;
  readonly onClose: () => void;
}

/** Asks why before something is turned down. */
export function NoteDialog(props: NoteDialogProps): ReactElement {
  const { title, hint, label, pending, error, onSend, onClose } = props;
  const id = useId();
  const [note, setNote] = useState('');
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={TEXT.cancel}
      okButtonProps={{ disabled: note.trim().length < SHORTEST, loading: pending }}
      onOk={() => onSend(note.trim())}
      onCancel={onClose}
    >
      {hint !== undefined && <p>{hint}</p>}
      <Field id={id} label={label} hint={ACT_TEXT.least}>
        <Input.TextArea
          id={id}
          autoFocus
          rows={3}
          maxLength={1000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </Field>
      {error && <Failure error={error} />}
    </Modal>
  );
}
