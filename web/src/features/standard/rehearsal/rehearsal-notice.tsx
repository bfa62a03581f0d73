import type { StandardDraftDetail } from '#contract/standard';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import type { ReactElement } from 'react';

import { rehearsalsQuery } from './rehearsal-queries.ts';
import { REHEARSAL_TEXT as T } from './rehearsal-text.ts';

interface RehearsalNoticeProps {
  readonly draft: StandardDraftDetail;
  readonly onLook: () => void;
}

/** Who approves sees what the draft would have done, or that nobody has tried. */
export function RehearsalNotice({ draft, onLook }: RehearsalNoticeProps): ReactElement | null {
  const { data } = useQuery(rehearsalsQuery(draft.id));
  if (!data || draft.state !== 'submitted') return null;
  const last = data.items.find(({ result }) => result !== null);
  const look = <Button onClick={onLook}>{T.look}</Button>;
  if (!last?.result) return <Alert type="warning" showIcon className="notice" title={T.notYet} />;
  const { current, draft: drafted, readings } = last.result;
  // No warnings because nothing was read is not “no difference”.
  const isTold = readings > 0;
  return (
    <Alert
      type={isTold && last.isOfPresentText ? 'info' : 'warning'}
      showIcon
      className="notice"
      title={isTold ? T.summary(current.warnings, drafted.warnings) : T.nothingRead}
      description={!last.isOfPresentText && T.staleShort}
      action={look}
    />
  );
}
