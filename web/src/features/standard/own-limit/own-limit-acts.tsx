import { type OwnLimit, type OwnLimitAction, ownLimitRoutes } from '#contract/standard';
import { Button, Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { Field } from '../draft/field.tsx';
import { NoteDialog } from '../draft/note-dialog.tsx';
import { useAct } from '../queries.ts';
import { TEXT } from '../text.ts';
import { OwnLimitCell } from './own-limit-cell.tsx';
import { OWN_TEXT } from './text.ts';

/** What may be done with an own limit by who looks at it. */
export function OwnLimitActs({ own }: { readonly own: OwnLimit }): ReactElement {
  const [doing, setDoing] = useState<OwnLimitAction>();
  const close = (): void => setDoing(undefined);
  const textOf = (action: OwnLimitAction): string =>
    action === 'end' && own.state === 'proposed' ? OWN_TEXT.withdraw : OWN_TEXT.acts[action];
  return (
    <span className="standard-acts">
      {own.allowedActions.map((action) => (
        <Button
          key={action}
          size="small"
          type={action === 'approve' ? 'primary' : 'default'}
          aria-label={`${textOf(action)} ${own.object.name} ${own.sign.name}`}
          onClick={() => setDoing(action)}
        >
          {textOf(action)}
        </Button>
      ))}
      {doing === 'approve' && <Approve own={own} onClose={close} />}
      {doing === 'refuse' && <Refuse own={own} onClose={close} />}
      {doing === 'end' && <End own={own} title={textOf('end')} onClose={close} />}
    </span>
  );
}

interface ActProps {
  readonly own: OwnLimit;
  readonly onClose: () => void;
}

function Approve({ own, onClose }: ActProps): ReactElement {
  const id = useId();
  const [note, setNote] = useState('');
  const approving = useAct(ownLimitRoutes.approveOwnLimit, onClose);
  return (
    <Modal
      open
      title={OWN_TEXT.approveTitle(own.object.name, own.sign.name)}
      okText={OWN_TEXT.acts.approve}
      cancelText={TEXT.cancel}
      okButtonProps={{ loading: approving.isPending }}
      onOk={() =>
        approving.mutate({ params: { id: own.id }, body: { version: own.version, note: note.trim() } })
      }
      onCancel={onClose}
    >
      <div className="standard-form">
        <div>
          <OwnLimitCell own={own} />
        </div>
        <p>{own.reason}</p>
        <p className="quiet">{OWN_TEXT.approveHint}</p>
        <Field id={id} label={OWN_TEXT.approveNote}>
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={1000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </Field>
        {approving.error && <Failure error={approving.error} />}
      </div>
    </Modal>
  );
}

function Refuse({ own, onClose }: ActProps): ReactElement {
  const refusing = useAct(ownLimitRoutes.refuseOwnLimit, onClose);
  return (
    <NoteDialog
      title={OWN_TEXT.acts.refuse}
      label={OWN_TEXT.refuseNote}
      pending={refusing.isPending}
      error={refusing.error}
      onSend={(note) => refusing.mutate({ params: { id: own.id }, body: { version: own.version, note } })}
      onClose={onClose}
    />
  );
}

function End({ own, title, onClose }: ActProps & { readonly title: string }): ReactElement {
  const ending = useAct(ownLimitRoutes.endOwnLimit, onClose);
  return (
    <NoteDialog
      title={title}
      {...(own.state === 'in-force' ? { hint: OWN_TEXT.endHint } : {})}
      label={OWN_TEXT.endReason}
      pending={ending.isPending}
      error={ending.error}
      onSend={(reason) => ending.mutate({ params: { id: own.id }, body: { version: own.version, reason } })}
      onClose={onClose}
    />
  );
}
