import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';

import { TEXT } from '../text.ts';

interface FormFootProps {
  /** What the button that sends is called. */
  readonly send: string;
  readonly pending: boolean;
  readonly onDone: () => void;
  /** What is wrong; nothing while all is well. */
  readonly children: ReactNode;
}

/** The foot of a long form: what is wrong, seen wherever the form is scrolled to, and the ways out. */
export function FormFoot({ send, pending, onDone, children }: FormFootProps): ReactElement {
  return (
    <div className="standard-form-foot">
      <div className="standard-form-told">{children}</div>
      <div className="standard-acts">
        <Button type="primary" htmlType="submit" loading={pending}>
          {send}
        </Button>
        <Button onClick={onDone}>{TEXT.close}</Button>
      </div>
    </div>
  );
}
