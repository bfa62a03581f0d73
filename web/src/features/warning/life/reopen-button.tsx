import { verificationRoutes, type WarningDetail } from '#contract/warning';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { ReasonForm } from '../../../ui/reason-form.tsx';
import { LIFE_TEXT } from './text.ts';

/** “重新打开…” of a closed warning, for whom the server allows it; goes on to the one it becomes. */
export function ReopenButton({ warning }: { readonly warning: WarningDetail }): ReactElement | null {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const reopen = useMutation({
    mutationFn: (reason: string) =>
      call(verificationRoutes.reopenWarning, { params: { id: warning.id }, body: { reason } }),
    onSuccess: ({ id }) => {
      setOpen(false);
      void navigate({ to: '/warnings/$id', params: { id: String(id) } });
    },
    // After a refusal too: somebody else may have been quicker.
    onSettled: () => client.invalidateQueries({ queryKey: ['warning'] }),
  });
  if (!open && !warning.allowedActions.includes('reopen')) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{LIFE_TEXT.reopen}</Button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        title={LIFE_TEXT.reopenTitle}
        footer={null}
        destroyOnHidden
      >
        <ReasonForm
          send={LIFE_TEXT.reopenSend}
          label={LIFE_TEXT.reopenReason}
          pending={reopen.isPending}
          error={reopen.error}
          onSend={(reason) => reopen.mutate(reason)}
        >
          <p className="quiet">{LIFE_TEXT.reopenEffect}</p>
        </ReasonForm>
      </Modal>
    </>
  );
}
