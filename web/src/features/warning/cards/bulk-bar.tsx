import type { WarningCard } from '#contract/warning';
import { Alert, Button, Modal, Progress } from 'antd';
import { type ReactElement, useState } from 'react';

import { JudgeFields } from '../life/judge-fields.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { ShelveDialog } from './shelve-dialog.tsx';
import { TEXT } from './text.ts';
import type { BulkAct, BulkResult, useBulk } from './use-bulk.ts';

/** Acts that ask for words first. */
const ASKED = ['note', 'shelve', 'judge'] as const;
type Asking = (typeof ASKED)[number];
type CardAction = WarningCard['allowedActions'][number];

interface BulkBarProps {
  readonly chosen: readonly WarningCard[];
  readonly bulk: ReturnType<typeof useBulk>;
  readonly act: (act: BulkAct) => void;
  readonly clear: () => void;
}

/** What can be done to the chosen cards, how far it is, and what came of the last time. */
export function BulkBar({ chosen, bulk, act, clear }: BulkBarProps): ReactElement {
  const [asking, setAsking] = useState<Asking>();
  const count = chosen.reduce((sum, card) => sum + card.count, 0);
  const able = (action: CardAction): readonly WarningCard[] =>
    chosen.filter(({ allowedActions }) => allowedActions.includes(action));
  const send = (action: CardAction, work: BulkAct['work']): void => {
    setAsking(undefined);
    act({ cards: able(action), work });
  };
  return (
    <div className="bulk-bar" role="region" aria-live="polite" aria-label={TEXT.chosen(chosen.length, count)}>
      {chosen.length > 0 && (
        <p>
          <strong>{TEXT.chosen(chosen.length, count)}</strong>
          <Button
            type="primary"
            disabled={bulk.isPending || able('acknowledge').length === 0}
            onClick={() => send('acknowledge', { action: 'acknowledge' })}
          >
            {TEXT.acknowledge}
          </Button>
          {ASKED.filter((action) => able(action).length > 0).map((action) => (
            <Button key={action} disabled={bulk.isPending} onClick={() => setAsking(action)}>
              {TEXT.acts[action]}
            </Button>
          ))}
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
      {asking === 'note' && (
        <NoteDialog
          onCancel={() => setAsking(undefined)}
          onWrite={(reason) => send('note', { action: 'note', reason })}
        />
      )}
      {asking === 'shelve' && (
        <ShelveDialog
          count={count}
          onCancel={() => setAsking(undefined)}
          onShelve={(shelf) => send('shelve', { action: 'shelve', ...shelf })}
        />
      )}
      {asking === 'judge' && (
        <Modal open title={TEXT.judgeTitle(count)} footer={null} onCancel={() => setAsking(undefined)}>
          <JudgeFields
            pending={bulk.isPending}
            error={null}
            onJudge={({ reason, note }) =>
              send('judge', {
                action: 'judge',
                falseAlarm: reason,
                ...(note === undefined ? {} : { reason: note }),
              })
            }
          />
        </Modal>
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
