import type { Shelf } from '#contract/warning';
import { Button, Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../../ui/states.tsx';
import { useEndShelf, useProlongShelf } from './queries.ts';
import { SHELF_TEXT } from './text.ts';

interface DialogProps {
  readonly shelf: Shelf;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Ends a shelf before its time, with a reason. */
export function EndShelf({ shelf, open, onClose }: DialogProps): ReactElement {
  const end = useEndShelf();
  return (
    <Modal open={open} onCancel={onClose} title={SHELF_TEXT.endTitle} footer={null} destroyOnHidden>
      <ReasonForm
        send={SHELF_TEXT.end}
        pending={end.isPending}
        error={end.error}
        onSend={({ reason }) =>
          end.mutate({ id: shelf.id, version: shelf.version, reason }, { onSuccess: onClose })
        }
      />
    </Modal>
  );
}

/** Lets it go on from now, once. */
export function ProlongShelf({ shelf, open, onClose }: DialogProps): ReactElement {
  const prolong = useProlongShelf();
  return (
    <Modal open={open} onCancel={onClose} title={SHELF_TEXT.prolongTitle} footer={null} destroyOnHidden>
      <ReasonForm
        send={SHELF_TEXT.prolong}
        minutes={shelf.minutes}
        pending={prolong.isPending}
        error={prolong.error}
        onSend={({ reason, minutes }) =>
          prolong.mutate({ id: shelf.id, version: shelf.version, reason, minutes }, { onSuccess: onClose })
        }
      />
    </Modal>
  );
}

interface ReasonFormProps {
  readonly send: string;
  /** Where how long is asked, too. */
  readonly minutes?: number;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onSend: (told: { readonly reason: string; readonly minutes: number }) => void;
}

function ReasonForm({ send, minutes: most, pending, error, onSend }: ReasonFormProps): ReactElement {
  const id = useId();
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(String(most ?? 0));
  return (
    <form
      className="held-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend({ reason: reason.trim(), minutes: Number(minutes) });
      }}
    >
      {most !== undefined && (
        <label htmlFor={`${id}m`}>
          {SHELF_TEXT.minutes}
          <Input
            id={`${id}m`}
            type="number"
            min={1}
            max={1440}
            required
            value={minutes}
            onChange={({ target }) => setMinutes(target.value)}
          />
        </label>
      )}
      <label htmlFor={`${id}r`}>
        {SHELF_TEXT.reason}
        <Input
          id={`${id}r`}
          required
          minLength={2}
          maxLength={200}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      {error && <Failure error={error} />}
      <Button type="primary" htmlType="submit" loading={pending}>
        {send}
      </Button>
    </form>
  );
}
