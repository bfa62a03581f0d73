import { verificationRoutes, type WarningDetail } from '#contract/warning';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { type Judgement, JudgeFields } from './judge-fields.tsx';
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
  const judge = useMutation({
    mutationFn: (body: Judgement) => call(verificationRoutes.judgeWarning, { params: { id }, body }),
    onSuccess: onDone,
    // After a refusal too: somebody else may have been quicker.
    onSettled: () => client.invalidateQueries({ queryKey: ['warning'] }),
  });
  return <JudgeFields pending={judge.isPending} error={judge.error} onJudge={judge.mutate} />;
}
