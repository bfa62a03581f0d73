import { useMutation } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { Failure } from '../../ui/states.tsx';
import { NOT_TOLD, REVEAL_TEXT } from './text.ts';

interface RevealPhoneProps {
  readonly masked: string | null;
  /** Whose number it is. */
  readonly who: string;
  /** Absent where it may not be shown. */
  readonly reveal?: ((reason: string) => Promise<{ readonly phone: string }>) | undefined;
}

/** A masked number, and 显示 that gives it against a reason. */
export function RevealPhone({ masked, who, reveal }: RevealPhoneProps): ReactElement {
  const [open, setOpen] = useState(false);
  if (masked === null) return <span className="quiet">{NOT_TOLD}</span>;
  return (
    <span className="nowrap-line">
      <span className="figures">{masked}</span>{' '}
      {reveal && (
        <Button
          size="small"
          aria-label={`${REVEAL_TEXT.show}${who}的电话`}
          onClick={(event) => {
            event.stopPropagation();
            setOpen(true);
          }}
        >
          {REVEAL_TEXT.show}
        </Button>
      )}
      {open && reveal && <RevealDialog who={who} reveal={reveal} onClose={() => setOpen(false)} />}
    </span>
  );
}

interface RevealDialogProps {
  readonly who: string;
  readonly reveal: (reason: string) => Promise<{ readonly phone: string }>;
  readonly onClose: () => void;
}

function RevealDialog({ who, reveal, onClose }: RevealDialogProps): ReactElement {
  const id = useId();
  const [reason, setReason] = useState('');
  const asking = useMutation({ mutationFn: () => reveal(reason.trim()) });
  const ready = reason.trim().length >= 2;
  return (
    <Modal
      open
      title={`${REVEAL_TEXT.title} · ${who}`}
      onCancel={onClose}
      okText={asking.data ? REVEAL_TEXT.close : REVEAL_TEXT.send}
      cancelButtonProps={asking.data ? { style: { display: 'none' } } : {}}
      okButtonProps={{ disabled: !ready, loading: asking.isPending }}
      onOk={() => (asking.data ? onClose() : asking.mutate())}
    >
      {asking.data ? (
        <p className="revealed">
          <a href={`tel:${asking.data.phone}`}>{asking.data.phone}</a>
        </p>
      ) : (
        <div className="org-form">
          <p className="quiet">{REVEAL_TEXT.why}</p>
          <label htmlFor={id}>{REVEAL_TEXT.reason}</label>
          <Input
            id={id}
            autoFocus
            value={reason}
            maxLength={200}
            placeholder={REVEAL_TEXT.reasonHint}
            onChange={({ target }) => setReason(target.value)}
            onPressEnter={() => ready && asking.mutate()}
          />
          <span className="tags">
            {REVEAL_TEXT.quick.map((quick) => (
              <Button key={quick} size="small" onClick={() => setReason(quick)}>
                {quick}
              </Button>
            ))}
          </span>
          {asking.error && <Failure error={asking.error} />}
        </div>
      )}
    </Modal>
  );
}
