import type { Shelf } from '#contract/warning';
import { Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { ReasonForm } from '../reason-form.tsx';
import { useEndShelf, useProlongShelf } from './queries.ts';
import { SHELF_TEXT } from './text.ts';

interface DialogProps {
  readonly shelf: Shelf;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Ends a shelf before its time, with a reason. */
export function EndShelf({ shelf: { id, version }, open, onClose }: DialogProps): ReactElement {
  const end = useEndShelf();
  return (
    <Modal open={open} onCancel={onClose} title={SHELF_TEXT.endTitle} footer={null} destroyOnHidden>
      <ReasonForm
        send={SHELF_TEXT.end}
        label={SHELF_TEXT.reason}
        pending={end.isPending}
        error={end.error}
        onSend={(reason) => end.mutate({ id, version, reason }, { onSuccess: onClose })}
      />
    </Modal>
  );
}

/** Lets it go on from now, once. */
export function ProlongShelf({ shelf, open, onClose }: DialogProps): ReactElement {
  const { id, version } = shelf;
  const field = useId();
  const [minutes, setMinutes] = useState(String(shelf.minutes));
  const prolong = useProlongShelf();
  return (
    <Modal open={open} onCancel={onClose} title={SHELF_TEXT.prolongTitle} footer={null} destroyOnHidden>
      <ReasonForm
        send={SHELF_TEXT.prolong}
        label={SHELF_TEXT.reason}
        pending={prolong.isPending}
        error={prolong.error}
        onSend={(reason) =>
          prolong.mutate({ id, version, reason, minutes: Number(minutes) }, { onSuccess: onClose })
        }
      >
        <label htmlFor={field}>
          {SHELF_TEXT.minutes}
          <Input
            id={field}
            type="number"
            min={1}
            max={1440}
            required
            value={minutes}
            onChange={({ target }) => setMinutes(target.value)}
          />
        </label>
      </ReasonForm>
    </Modal>
  );
}
