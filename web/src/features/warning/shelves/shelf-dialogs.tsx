import type { Shelf } from '#contract/warning';
import { Modal } from 'antd';
import { type ReactElement, useState } from 'react';

import { MinutesField, ReasonForm } from '../../../ui/reason-form.tsx';
import { useEndShelf, useProlongShelf } from './queries.ts';
import { SHELF_TEXT } from './text.ts';

const REASON = '说明';

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
        label={REASON}
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
  const [minutes, setMinutes] = useState(String(shelf.minutes));
  const prolong = useProlongShelf();
  return (
    <Modal open={open} onCancel={onClose} title={SHELF_TEXT.prolongTitle} footer={null} destroyOnHidden>
      <ReasonForm
        send={SHELF_TEXT.prolong}
        label={REASON}
        pending={prolong.isPending}
        error={prolong.error}
        onSend={(reason) =>
          prolong.mutate({ id, version, reason, minutes: Number(minutes) }, { onSuccess: onClose })
        }
      >
        <MinutesField value={minutes} onChange={setMinutes} />
      </ReasonForm>
    </Modal>
  );
}
