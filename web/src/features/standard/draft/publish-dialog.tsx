import { Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { TaskChecks } from '../coverage/task-checks.tsx';
import { ACT_TEXT } from '../draft-text.ts';
import { TEXT } from '../text.ts';
import { momentOf } from './beijing-moment.ts';
import { Field } from './field.tsx';

interface PublishDialogProps {
  readonly scenario: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onSend: (publication: Publication) => void;
  readonly onClose: () => void;
}

export interface Publication {
  readonly note: string;
  /** Epoch ms; at once without. */
  readonly effectiveFrom?: number;
  /** Tasks of changed bases that it answers. */
  readonly answers: number[];
}

/** Passes and publishes: at once, or from a moment on. */
export function PublishDialog(props: PublishDialogProps): ReactElement {
  const { scenario, pending, error, onSend, onClose } = props;
  const id = useId();
  const [note, setNote] = useState('');
  const [from, setFrom] = useState('');
  const [answers, setAnswers] = useState<readonly number[]>([]);
  const effectiveFrom = momentOf(from);
  return (
    <Modal
      open
      title={ACT_TEXT.publish}
      okText={ACT_TEXT.publish}
      cancelText={TEXT.cancel}
      okButtonProps={{ loading: pending }}
      onOk={() =>
        onSend({
          note: note.trim(),
          ...(effectiveFrom !== undefined && { effectiveFrom }),
          answers: [...answers],
        })
      }
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
        <TaskChecks scenario={scenario} value={answers} onChange={setAnswers} />
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
