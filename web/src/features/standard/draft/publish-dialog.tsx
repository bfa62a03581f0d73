import { Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { ACT_TEXT } from '../draft-text.ts';
import { TEXT } from '../text.ts';
import { momentOf } from './beijing-moment.ts';
import { Field } from './field.tsx';

interface PublishDialogProps {
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onSend: (note: string, effectiveFrom: number | undefined) => void;
  readonly onClose: () => void;
}

/** Passes and publishes: at once, or from a moment on. */
export function PublishDialog({ pending, error, onSend, onClose }: PublishDialogProps): ReactElement {
  const id = useId();
  const [note, setNote] = useState('');
  const [from, setFrom] = useState('');
  return (
    <Modal
      open
      title={ACT_TEXT.publish}
      okText={ACT_TEXT.publish}
      cancelText={TEXT.cancel}
      okButtonProps={{ loading: pending }}
      onOk={() => onSend(note.trim(), momentOf(from))}
      onCancel={onClose}
    >
      <div className="standard-form">
        <p>{ACT_TEXT.publishHint}</p>
        <Field id={`${id}f`} label={ACT_TEXT.effectiveFrom}>
          <Input
            id={`${id}f`}
            type="datetime-local"
            value={from}
            onChange={({ target }) => setFrom(target.value)}
          />
        </Field>
        <Field id={id} label={ACT_TEXT.publishNote}>
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={1000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </Field>
        {error && <Failure error={error} />}
      </div>
    </Modal>
  );
}
