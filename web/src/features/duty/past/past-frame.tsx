import { HistoryOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, type ReactElement, type ReactNode, Suspense } from 'react';

import { formatClock, formatDateTime } from '../../../app/format.ts';
import { searchOfMoment } from '../search.ts';
import { PAST_TEXT } from '../text.ts';
import './past.css';

/** Fetched when the first moment is asked for. */
const MomentControl = lazy(async () => ({
  default: (await import('./moment-control.tsx')).MomentControl,
}));

interface PastFrameProps {
  readonly to: '/' | '/wall';
  readonly at: number;
  /** Since when there is a past; undefined until it is known. */
  readonly beginsAt: number | undefined;
  /** What is shown is still of another moment. */
  readonly moving: boolean;
  readonly children: ReactNode;
}

/** Around whatever shows a moment that is over: another ground, the moment in words, how to move, and the way back. */
export function PastFrame({ to, at, beginsAt, moving, children }: PastFrameProps): ReactElement {
  const navigate = useNavigate();
  const show = (next: number): void => void navigate({ to, search: searchOfMoment(next), replace: true });
  return (
    <div className="past" data-of={to === '/wall' ? 'wall' : 'desk'}>
      <section className="past-bar" aria-label={PAST_TEXT.open}>
        <p className="past-words" role="status">
          <HistoryOutlined aria-hidden />
          <strong className="figures">
            {PAST_TEXT.title(`${formatDateTime(at).slice(0, 10)} ${formatClock(at)}`)}
          </strong>
          <span>{PAST_TEXT.hint}</span>
        </p>
        <Button type="primary" onClick={() => void navigate({ to, search: {} })}>
          {PAST_TEXT.back}
        </Button>
        <Suspense fallback={null}>
          <MomentControl key={at} at={at} beginsAt={beginsAt} onShow={show} />
        </Suspense>
      </section>
      <div className="past-shown" aria-busy={moving}>
        {children}
      </div>
    </div>
  );
}
