import { type MonitoredObject, objectRoutes } from '#contract/platform';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { Failure } from '../../../ui/states.tsx';
import { objectQuery } from './object-queries.ts';
import { DRAWER } from './text.ts';

interface RetireDialogProps {
  readonly object: MonitoredObject;
  readonly onClose: () => void;
}

export function RetireDialog({ object, onClose }: RetireDialogProps): ReactElement {
  const id = useId();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const retiring = useMutation({
    mutationFn: () =>
      call(objectRoutes.retireObject, {
        params: { id: object.id },
        query: { version: object.version, reason: reason.trim() },
      }),
    onSuccess: async (saved) => {
      client.setQueryData(objectQuery(object.id).queryKey, saved);
      onClose();
      await client.invalidateQueries({ queryKey: ['platform', 'objects', 'list'] });
    },
  });
  return (
    <Modal
      open
      title={DRAWER.retireTitle(object.name)}
      onCancel={onClose}
      okText={DRAWER.retire}
      okButtonProps={{ disabled: reason.trim().length < 2, loading: retiring.isPending }}
      onOk={() => retiring.mutate()}
    >
      <div className="org-form">
        <p className="quiet">{DRAWER.retireWhy}</p>
        <label htmlFor={id}>{DRAWER.retireReason}</label>
        <Input
          id={id}
          autoFocus
          value={reason}
          maxLength={200}
          placeholder={DRAWER.retireHint}
          onChange={({ target }) => setReason(target.value)}
        />
        {retiring.error && <Failure error={retiring.error} />}
      </div>
    </Modal>
  );
}
