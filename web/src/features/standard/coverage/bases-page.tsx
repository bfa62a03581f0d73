import './coverage.css';

import { type BasisCited, type BasisTask, basisRoutes } from '#contract/standard';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { NoteDialog } from '../draft/note-dialog.tsx';
import { FilterBar } from '../filter-bar.tsx';
import { Frame } from '../frame.tsx';
import { TEXT } from '../text.ts';
import { useFilters } from '../use-filters.ts';
import { BasisRow } from './basis-row.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { basesQuery, tasksQuery, updateRateQuery, useCoverageAct } from './queries.ts';
import { rateText } from '../../../ui/rate-text.ts';
import { TaskRow } from './task-row.tsx';
import { TellDialog } from './tell-dialog.tsx';
import { BASIS_TEXT } from './text.ts';

/** 标准 · 依据变更: the tasks that changed bases have opened, and the register of what standards in force cite. */
export function BasesPage(): ReactElement {
  const filters = useFilters('/standard/bases');
  const [told, setTold] = useState<readonly string[]>();
  const [isMoving, setMoving] = useState(false);
  const mayMove = useCan('object.manage');
  return (
    <Frame title={TEXT.module} hint={BASIS_TEXT.hint} scenario={filters.scenario}>
      <div className="coverage-panels">
        <section className="panel">
          <div className="coverage-rate">
            <h2>{BASIS_TEXT.tasks}</h2>
            <UpdateRate />
            {mayMove && <Button onClick={() => setMoving(true)}>{BASIS_TEXT.move}</Button>}
          </div>
          {told && (
            <Alert
              type="success"
              showIcon
              closable
              className="notice"
              title={BASIS_TEXT.opened(told.join('、'))}
              onClose={() => setTold(undefined)}
            />
          )}
          <Tasks scenario={filters.scenario} />
        </section>
        <section className="panel">
          <h2>{BASIS_TEXT.register}</h2>
          <p className="quiet">{BASIS_TEXT.registerHint}</p>
          <FilterBar filters={filters} search={BASIS_TEXT.search} />
          <Register scenario={filters.scenario} search={filters.q} onTold={setTold} />
        </section>
      </div>
      {isMoving && <MoveDialog onTold={setTold} onClose={() => setMoving(false)} />}
    </Frame>
  );
}

function UpdateRate(): ReactElement | null {
  const may = useCan('report.read');
  const query = useQuery({ ...updateRateQuery, enabled: may });
  if (!query.data) return null;
  const { total, overdue } = query.data;
  return (
    <>
      <span title={BASIS_TEXT.rateWhy}>
        {total.rate === null ? BASIS_TEXT.rateNone : `${BASIS_TEXT.rate} ${rateText(total.rate)}`}
      </span>
      {overdue > 0 && <StateTag tone="late">{BASIS_TEXT.overdue(formatNumber(overdue))}</StateTag>}
    </>
  );
}

function Tasks({ scenario }: { readonly scenario: string | undefined }): ReactElement {
  const query = useInfiniteQuery(tasksQuery(scenario));
  const [keeping, setKeeping] = useState<BasisTask>();
  const keep = useCoverageAct(basisRoutes.keepBasis, () => setKeeping(undefined));
  return (
    <>
      <CardsTable
        query={query}
        columns={BASIS_TEXT.columns}
        empty={{ title: BASIS_TEXT.none, hint: BASIS_TEXT.noneHint }}
      >
        {(task) => <TaskRow key={task.id} task={task} onKeep={() => setKeeping(task)} />}
      </CardsTable>
      {keeping && (
        <NoteDialog
          title={BASIS_TEXT.keep}
          hint={BASIS_TEXT.keepHint}
          label={BASIS_TEXT.keepReason}
          pending={keep.isPending}
          error={keep.error}
          onSend={(reason) =>
            keep.mutate({ params: { id: keeping.id }, body: { version: keeping.version, reason } })
          }
          onClose={() => setKeeping(undefined)}
        />
      )}
    </>
  );
}

interface RegisterProps {
  readonly scenario: string | undefined;
  readonly search: string | undefined;
  readonly onTold: (scenarios: readonly string[]) => void;
}

function Register({ scenario, search, onTold }: RegisterProps): ReactElement {
  const query = useInfiniteQuery(basesQuery({ scenario, search }));
  const may = useCan('standard.draft');
  const [telling, setTelling] = useState<BasisCited>();
  return (
    <>
      <CardsTable
        query={query}
        columns={BASIS_TEXT.registerColumns}
        empty={{ title: BASIS_TEXT.registerNone }}
      >
        {(basis) => (
          <BasisRow
            key={`${basis.document} ${basis.clause ?? ''}`}
            basis={basis}
            onTell={may ? () => setTelling(basis) : undefined}
          />
        )}
      </CardsTable>
      {telling && <TellDialog basis={telling} onTold={onTold} onClose={() => setTelling(undefined)} />}
    </>
  );
}
