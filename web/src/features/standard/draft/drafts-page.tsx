import type { StandardDraft } from '#contract/standard';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { useCan } from '../../../app/session.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { DRAFT_TEXT } from '../draft-text.ts';
import { FilterBar } from '../filter-bar.tsx';
import { Frame } from '../frame.tsx';
import { draftsQuery } from '../queries.ts';
import { TEXT } from '../text.ts';
import { useFilters } from '../use-filters.ts';
import { CreateDialog } from './create-dialog.tsx';
import { DraftStateTag } from './draft-state-tag.tsx';

/** 标准 · 草案: versions that are being written or wait for a review. */
export function DraftsPage(): ReactElement {
  const filters = useFilters('/standard/drafts');
  const query = useInfiniteQuery(draftsQuery(filters.scenario));
  const mayDraft = useCan('standard.draft');
  const [creating, setCreating] = useState(false);
  return (
    <Frame
      title={TEXT.module}
      hint={TEXT.hint}
      scenario={filters.scenario}
      extra={
        mayDraft && (
          <Button type="primary" onClick={() => setCreating(true)}>
            {DRAFT_TEXT.create}
          </Button>
        )
      }
    >
      <FilterBar filters={filters} plain />
      <CardsTable
        query={query}
        columns={DRAFT_TEXT.columns}
        empty={{ title: DRAFT_TEXT.none, hint: DRAFT_TEXT.noneHint }}
      >
        {(draft) => <DraftRow key={draft.id} draft={draft} />}
      </CardsTable>
      {creating && <CreateDialog scenario={filters.scenario} onClose={() => setCreating(false)} />}
    </Frame>
  );
}

function DraftRow({ draft }: { readonly draft: StandardDraft }): ReactElement {
  const [, STATE, REASON, CREATED, REVIEWED] = DRAFT_TEXT.columns;
  const { reviewedBy, reviewedAt } = draft;
  return (
    <tr>
      <th scope="row">
        <Link to="/standard/drafts/$id" params={{ id: String(draft.id) }} className="row-link">
          {DRAFT_TEXT.title(draft.scenarioName, draft.standard)}
        </Link>
        <span className="quiet row-code">{DRAFT_TEXT.basedOn(draft.base.version)}</span>
      </th>
      <td data-label={STATE}>
        <DraftStateTag state={draft.state} />
      </td>
      <td data-label={REASON}>{draft.reason}</td>
      <td data-label={CREATED}>
        {draft.createdBy.name} <TimeText at={draft.createdAt} />
      </td>
      <td data-label={REVIEWED}>
        {reviewedBy && reviewedAt !== null ? (
          <>
            {reviewedBy.name} <TimeText at={reviewedAt} />
          </>
        ) : (
          TEXT.dash
        )}
      </td>
    </tr>
  );
}
