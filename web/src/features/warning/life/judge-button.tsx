import { verificationRoutes, type WarningDetail } from '#contract/warning';
import type { FalseAlarmReason } from '#model/warning';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { ReasonForm } from '../reason-form.tsx';
import { FalseAlarmSelect } from './false-alarm-select.tsx';
import { LIFE_TEXT } from './text.ts';

/** “判为误报…” of a warning, for whom the server allows it. */
export function JudgeButton({ warning }: { readonly warning: WarningDetail }): ReactElement | null {
  const [open, setOpen] = useState(false);
  if (!open && !warning.allowedActions.includes('judge')) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{LIFE_TEXT.judge}</Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={LIFE_TEXT.judgeTitle}
        footer={null}
        destroyOnHidden
      >
        <JudgeForm id={warning.id} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function JudgeForm({ id, onDone }: { readonly id: number; readonly onDone: () => void }): ReactElement {
  const client = useQueryClient();
  const field = useId();
  const [reason, setReason] = useState<FalseAlarmReason>();
  const judge = useMutation({
    mutationFn: (body: { readonly reason: FalseAlarmReason; readonly note?: string }) =>
      call(verificationRoutes.judgeWarning, { params: { id }, body }),
    onSuccess: onDone,
    // After a refusal too: somebody else may have been quicker.
    onSettled: () => client.invalidateQueries({ queryKey: ['warning'] }),
  });
  const isOther = reason === 'other';
  return (
    <ReasonForm
      send={LIFE_TEXT.judgeSend}
      label={isOther ? LIFE_TEXT.note : LIFE_TEXT.noteOptional}
      optional={!isOther}
      disabled={reason === undefined}
      pending={judge.isPending}
      error={judge.error}
      onSend={(note) => reason && judge.mutate({ reason, ...(note === '' ? {} : { note }) })}
    >
      <p className="quiet">{LIFE_TEXT.judgeEffect}</p>
      <label htmlFor={field}>
        {LIFE_TEXT.falseAlarm}
        <FalseAlarmSelect id={field} value={reason} onChange={setReason} />
      </label>
    </ReasonForm>
  );
}
