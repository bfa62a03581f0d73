import { commandRoutes, type LogLine } from '#contract/command';
import { Input, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { LOG_TEXT } from './text.ts';

/** Strikes a line through and writes the right one behind it. */
export function CorrectDialog({
  line,
  onClose,
}: {
  readonly line: LogLine;
  readonly onClose: () => void;
}): ReactElement {
  const [text, setText] = useState(line.text);
  const [reason, setReason] = useState('');
  const correct = useAct(commandRoutes.correctLogLine, onClose);
  const keep = (): void =>
    correct.mutate({
      params: { id: line.id },
      body: { reason: reason.trim(), ...(text.trim() === '' ? {} : { text: text.trim() }) },
    });
  return (
    <Modal
      open
      className="command-modal"
      title={LOG_TEXT.correctTitle}
      onCancel={onClose}
      onOk={keep}
      okText={LOG_TEXT.correctDo}
      cancelText={TEXT.cancel}
      okButtonProps={{ disabled: reason.trim() === '' }}
      confirmLoading={correct.isPending}
    >
      <div className="command-form">
        <p className="quiet">{LOG_TEXT.correctHint}</p>
        <label>
          <span className="form-label">{LOG_TEXT.correctNew}</span>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={2000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <label>
          <span className="form-label">{LOG_TEXT.correctReason}</span>
          <Input maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} />
          {reason.trim() === '' && <span className="form-hint">{LOG_TEXT.noReason}</span>}
        </label>
        {correct.error && <Failure error={correct.error} />}
      </div>
    </Modal>
  );
}
