import { ClockCircleFilled } from '@ant-design/icons';
import type { WorkOrderState } from '#model/response';
import { WARNING_STATE_TEXT, type WarningState } from '#model/warning';
import type { ReactElement, ReactNode } from 'react';

/** `active`: under way · `waiting`: somebody must act · `done`: nothing is left to do · `quiet`: a remark. */
type Tone = 'active' | 'waiting' | 'done' | 'quiet' | 'late';

export function StateTag({
  tone,
  children,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
}): ReactElement {
  return <span className={`state-tag state-${tone}`}>{children}</span>;
}

const WARNING_TONE: Readonly<Record<WarningState, Tone>> = {
  open: 'active',
  normal: 'quiet',
  closed: 'done',
};

export function WarningStateTag({ state }: { readonly state: WarningState }): ReactElement {
  return <StateTag tone={WARNING_TONE[state]}>{WARNING_STATE_TEXT[state]}</StateTag>;
}

const ORDER_TONE: Readonly<Record<WorkOrderState, Tone>> = {
  raised: 'waiting',
  dispatched: 'waiting',
  accepted: 'active',
  'on-site': 'active',
  disposing: 'active',
  cleared: 'waiting',
  reviewing: 'active',
  closed: 'done',
  rejected: 'waiting',
  reopened: 'waiting',
  transferred: 'waiting',
  suspended: 'quiet',
};

export function OrderStateTag({
  state,
  text,
}: {
  readonly state: WorkOrderState;
  readonly text: string;
}): ReactElement {
  return <StateTag tone={ORDER_TONE[state]}>{text}</StateTag>;
}

/** Late, by icon and word. */
export function OverdueTag(): ReactElement {
  return (
    <StateTag tone="late">
      <ClockCircleFilled aria-hidden /> 超期
    </StateTag>
  );
}
