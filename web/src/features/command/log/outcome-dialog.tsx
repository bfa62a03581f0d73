import { commandRoutes } from '#contract/command';
import { Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { type Outcome, outcomeBody, OutcomeForm } from '../outcome-form.tsx';
import { CALL_TEXT, TEXT } from '../text.ts';
import { useAct } from '../use-act.ts';
import { LOG_TEXT } from './text.ts';

/** What came of a call, written down later. */
export function OutcomeDialog({
  log,
  onClose,
}: {
  readonly log: number;
  readonly onClose: () => void;
}): ReactElement {
  const [outcome, setOutcome] = useState<Outcome>({ outcome: 'reached', text: '' });
  const note = useAct(commandRoutes.noteCall, onClose);
  return (
    <Modal
      open
      className="command-modal"
      title={LOG_TEXT.noteTitle}
      onCancel={onClose}
      onOk={() => note.mutate({ params: { id: log }, body: outcomeBody(outcome) })}
      okText={CALL_TEXT.keep}
      cancelText={TEXT.cancel}
      confirmLoading={note.isPending}
    >
      <div className="command-form">
        <OutcomeForm value={outcome} onChange={setOutcome} />
        {note.error && <Failure error={note.error} />}
      </div>
    </Modal>
  );
}
