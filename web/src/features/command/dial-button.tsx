import { PhoneFilled } from '@ant-design/icons';
import { type Call, commandRoutes } from '#contract/command';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { Failure } from '../../ui/states.tsx';
import { type Outcome, outcomeBody, OutcomeForm } from './outcome-form.tsx';
import { CALL_TEXT, TEXT } from './text.ts';
import { useAct } from './use-act.ts';

interface DialButtonProps {
  /** Whose number: a contact of the book, or whoever stands a shift now. */
  readonly target: { readonly kind: 'contact' | 'shift'; readonly id: number };
  readonly name: string;
  readonly hasPhone: boolean;
  readonly warning?: number | undefined;
  readonly workOrder?: number | undefined;
}

/**
 * One press: the server gives the number, writes the call into the duty log and the audit, and the telephone rings. The
 * number is not on the page before.
 */
export function DialButton({ target, name, hasPhone, ...about }: DialButtonProps): ReactElement {
  const [made, setMade] = useState<Call>();
  const dial = useAct(
    target.kind === 'contact' ? commandRoutes.callContact : commandRoutes.callShift,
    (call) => {
      setMade(call);
      globalThis.location.assign(call.href);
    },
  );
  if (!hasPhone) return <span className="quiet">{CALL_TEXT.noPhone}</span>;
  return (
    <span className="dial">
      <Button
        icon={<PhoneFilled aria-hidden />}
        aria-label={CALL_TEXT.dialFor(name)}
        loading={dial.isPending}
        onClick={() => dial.mutate({ params: { id: target.id }, body: about })}
      >
        {CALL_TEXT.dial}
      </Button>
      {dial.error && <Failure error={dial.error} />}
      {made && <CallNote call={made} onClose={() => setMade(undefined)} />}
    </span>
  );
}

/** The number in large figures for a desk telephone, and the small form for what came of the call. */
function CallNote({ call, onClose }: { readonly call: Call; readonly onClose: () => void }): ReactElement {
  const [outcome, setOutcome] = useState<Outcome>({ outcome: 'reached', text: '' });
  const note = useAct(commandRoutes.noteCall, onClose);
  return (
    <Modal
      open
      className="command-modal"
      title={CALL_TEXT.title(call.name)}
      onCancel={onClose}
      onOk={() => note.mutate({ params: { id: call.log }, body: outcomeBody(outcome) })}
      okText={note.error ? TEXT.tryAgain : CALL_TEXT.keep}
      cancelText={CALL_TEXT.later}
      confirmLoading={note.isPending}
    >
      <div className="command-form">
        <a className="call-number figures" href={call.href}>
          {call.phone}
          <small>{CALL_TEXT.again}</small>
        </a>
        <p className="quiet">{CALL_TEXT.hint}</p>
        <OutcomeForm value={outcome} onChange={setOutcome} />
        {note.error && <Failure error={note.error} />}
      </div>
    </Modal>
  );
}
