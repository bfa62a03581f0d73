import type { Shelf } from '#contract/warning';
import { SHELF_REASON_TEXT, SHELF_REMINDER_MS } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { useNow } from '../../../app/use-now.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Failure, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { proposedShelvesQuery, runningShelvesQuery, useConfirmShelf } from './queries.ts';
import { EndShelf, ProlongShelf } from './shelf-dialogs.tsx';
import { SHELF_TEXT } from './text.ts';
import { Until } from './until.tsx';

const MINUTE_MS = 60_000;

/** What somebody has put aside, and what waits for a second person; with what may be done to it. */
export function Shelves(): ReactElement {
  const running = useQuery(runningShelvesQuery);
  const proposed = useQuery(proposedShelvesQuery);
  return (
    <section className="panel" aria-label={SHELF_TEXT.shelves}>
      <h2>{SHELF_TEXT.shelves}</h2>
      <Resource query={running}>
        {({ items }) => {
          const all = [...(proposed.data?.items ?? []), ...items];
          return all.length === 0 ? (
            <Empty title={SHELF_TEXT.noShelves} hint={SHELF_TEXT.noShelvesHint} />
          ) : (
            <RowsTable columns={SHELF_TEXT.shelfColumns} label={SHELF_TEXT.shelves}>
              {all.map((one) => (
                <ShelfLine key={one.id} shelf={one} />
              ))}
            </RowsTable>
          );
        }}
      </Resource>
      {proposed.error && <Failure error={proposed.error} />}
    </section>
  );
}

function ShelfLine({ shelf: one }: { readonly shelf: Shelf }): ReactElement {
  const now = useNow(MINUTE_MS);
  const [what, level, reason, who, until, act] = SHELF_TEXT.shelfColumns;
  return (
    <tr>
      <td data-label={what}>
        {one.object.name} {subjectOf(one)}
        <small className="quiet held-small">{SHELF_TEXT.behind(one.alarms, one.warnings)}</small>
      </td>
      <td data-label={level} className="nowrap">
        <LevelTag level={one.level} /> {SHELF_TEXT.upTo(one.level)}
      </td>
      <td data-label={reason}>
        {SHELF_REASON_TEXT[one.reasonKind]}
        <small className="quiet held-small">{one.prolonged?.why ?? one.reason}</small>
      </td>
      <td data-label={who}>
        {SHELF_TEXT.madeBy(one.madeBy, one.confirmedBy)} <TimeText at={one.madeAt} />
      </td>
      <td data-label={until} className="nowrap">
        {one.state === 'proposed' && <StateTag tone="waiting">{SHELF_TEXT.proposed}</StateTag>}{' '}
        {one.state === 'running' && one.until - now <= SHELF_REMINDER_MS && (
          <StateTag tone="waiting">{SHELF_TEXT.endingSoon}</StateTag>
        )}{' '}
        <Until at={one.until} />
      </td>
      <td data-label={act}>
        <Acts shelf={one} />
      </td>
    </tr>
  );
}

function subjectOf({ item, sign, point }: Shelf): string {
  if (item) return item.name;
  return sign && point !== null ? SHELF_TEXT.ofSign(sign.name, point) : SHELF_TEXT.whole('');
}

function Acts({ shelf: one }: { readonly shelf: Shelf }): ReactElement {
  const confirm = useConfirmShelf();
  const [asking, setAsking] = useState<'end' | 'prolong'>();
  const close = (): void => setAsking(undefined);
  return (
    <span className="tags">
      {one.allowedActions.includes('confirm') && (
        <Button size="small" type="primary" loading={confirm.isPending} onClick={() => confirm.mutate(one)}>
          {SHELF_TEXT.confirm}
        </Button>
      )}
      {one.allowedActions.includes('prolong') && (
        <Button size="small" onClick={() => setAsking('prolong')}>
          {SHELF_TEXT.prolong}
        </Button>
      )}
      {one.allowedActions.includes('end') && (
        <Button size="small" onClick={() => setAsking('end')}>
          {SHELF_TEXT.end}
        </Button>
      )}
      {confirm.error && <Failure error={confirm.error} />}
      <EndShelf shelf={one} open={asking === 'end'} onClose={close} />
      <ProlongShelf shelf={one} open={asking === 'prolong'} onClose={close} />
    </span>
  );
}
