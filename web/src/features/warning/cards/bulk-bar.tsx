import type { WarningCard } from '#contract/warning';
import { Alert, Button, Progress } from 'antd';
import { type ReactElement, useState } from 'react';

import { NoteDialog } from './note-dialog.tsx';
import { TEXT } from './text.ts';
import type { BulkAct, BulkResult, useBulk } from './use-bulk.ts';

interface BulkBarProps {
  readonly chosen: readonly WarningCard[];
  readonly bulk: ReturnType<typeof useBulk>;
  readonly act: (act: BulkAct) => void;
  readonly clear: () => void;
}

/** What can be done to the chosen cards, how far it is, and what came of the last time. */
export function BulkBar({ chosen, bulk, act, clear }: BulkBarProps): ReactElement {
  const [noting, setNoting] = useState(false);
  const count = chosen.reduce((sum, card) => sum + card.count, 0);
  const toAcknowledge = chosen.filter(({ allowedActions }) => allowedActions.includes('acknowledge'));
  return (
    <div className="bulk-bar" role="region" aria-live="polite" aria-label={TEXT.chosen(chosen.length, count)}>
      {chosen.length > 0 && (
        <p>
          <strong>{TEXT.chosen(chosen.length, count)}</strong>
          <Button
            type="primary"
            disabled={bulk.isPending || toAcknowledge.length === 0}
            onClick={() => act({ cards: toAcknowledge, action: 'acknowledge' })}
          >
            {TEXT.acknowledge}
          </Button>
          <Button disabled={bulk.isPending} onClick={() => setNoting(true)}>
            {TEXT.note}
          </Button>
          <Button type="text" onClick={clear}>
            {TEXT.clear}
          </Button>
        </p>
      )}
      {bulk.isPending && (
        <p>
          {TEXT.working(bulk.progress.done, bulk.progress.all)}
          <Progress
            percent={(bulk.progress.done / Math.max(1, bulk.progress.all)) * 100}
            showInfo={false}
            size="small"
          />
        </p>
      )}
      {bulk.error && <Alert type="error" showIcon role="alert" title={bulk.error.message} />}
      {bulk.data && !bulk.isPending && <Outcome result={bulk.data} />}
      {noting && (
        <NoteDialog
          onCancel={() => setNoting(false)}
          onWrite={(reason) => {
            setNoting(false);
            act({ cards: chosen, action: 'note', reason });
          }}
        />
      )}
    </div>
  );
}

function Outcome({ result: { done, left } }: { readonly result: BulkResult }): ReactElement {
  const skipped = left.reduce((sum, [, count]) => sum + count, 0);
  const reasons = left.map(([reason, count]) => `${reason} ${count} 条`).join('；');
  return (
    <Alert
      type={skipped === 0 ? 'success' : 'info'}
      showIcon
      role="status"
      title={`${TEXT.done(done, skipped)}${reasons}`}
      description={TEXT.newer}
    />
  );
}
