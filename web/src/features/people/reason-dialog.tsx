import { Checkbox, Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../ui/states.tsx';
import { FORM_TEXT, TEXT } from './text.ts';

interface ReasonDialogProps {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly label?: string;
  readonly shortest?: number;
  /** A question that goes with the reason. */
  readonly check?: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onSend: (reason: string, checked: boolean) => void;
  readonly onClose: () => void;
}

/** Asks why before something is done. */
export function ReasonDialog(props: ReasonDialogProps): ReactElement {
  const {
    title,
    hint,
    label = FORM_TEXT.reason,
    shortest = 5,
    check,
    pending,
    error,
    onSend,
    onClose,
  } = props;
  const id = useId();
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const ready = reason.trim().length >= shortest;
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={TEXT.cancel}
      okButtonProps={{ disabled: !ready, loading: pending }}
      onOk={() => onSend(reason.trim(), checked)}
      onCancel={onClose}
    >
      {hint !== undefined && <p>{hint}</p>}
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        autoFocus
        rows={3}
        maxLength={500}
        value={reason}
        placeholder={FORM_TEXT.reasonHint}
        onChange={({ target }) => setReason(target.value)}
      />
      {check !== undefined && (
        <Checkbox checked={checked} onChange={({ target }) => setChecked(target.checked)}>
          {check}
        </Checkbox>
      )}
      {error && <Failure error={error} />}
    </Modal>
  );
}
