import { Button } from 'antd';
import type { ReactElement } from 'react';

import { Failure } from './states.tsx';

interface SubmitFootProps {
  /** What the button that sends is called. */
  readonly submit: string;
  readonly ready: boolean;
  readonly sending: { readonly isPending: boolean; readonly error: Error | null };
  readonly onCancel: () => void;
}

/** The foot of a short form: why it was refused, and the ways out. */
export function SubmitFoot({ submit, ready, sending, onCancel }: SubmitFootProps): ReactElement {
  return (
    <>
      {sending.error && <Failure error={sending.error} />}
      <div className="action-buttons">
        <Button size="large" onClick={onCancel}>
          取消
        </Button>
        <Button size="large" type="primary" htmlType="submit" disabled={!ready} loading={sending.isPending}>
          {submit}
        </Button>
      </div>
    </>
  );
}
