import './coverage.css';

import { type LedgerEntry, ledgerRoutes } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
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
import { EntryDialog } from './entry-dialog.tsx';
import { KindPanel } from './kind-panel.tsx';
import { ledgerQuery, useCoverageAct } from './queries.ts';
import { LEDGER_TEXT } from './text.ts';

/** 标准 · 底数台账: what there is to be watched, and which of it is. */
export function LedgerPage(): ReactElement {
  const filters = useFilters('/standard/ledger');
  const query = useInfiniteQuery(ledgerQuery({ scenario: filters.scenario, search: filters.q }));
  const may = useCan('object.manage');
  const [editing, setEditing] = useState<LedgerEntry | 'new'>();
  const [removing, setRemoving] = useState<LedgerEntry>();
  const remove = useCoverageAct(ledgerRoutes.removeLedgerEntry, () => setRemoving(undefined));
  const scenario = filters.scenario === undefined ? '' : `&scenario=${encodeURIComponent(filters.scenario)}`;
  return (
    <Frame title={TEXT.module} hint={LEDGER_TEXT.hint} scenario={filters.scenario}>
      <div className="coverage-panels">
        <div>
          <FilterBar filters={filters} search={LEDGER_TEXT.search}>
            {may && <Button onClick={() => setEditing('new')}>{LEDGER_TEXT.add}</Button>}
            {may && (
              <Link to="/platforms/import" search={{ kind: 'ledger' }}>
                {LEDGER_TEXT.import}
              </Link>
            )}
            <a href={`/api/v1/exports?kind=ledger&format=xlsx${scenario}`} download>
              {LEDGER_TEXT.download}
            </a>
          </FilterBar>
          <CardsTable
            query={query}
            columns={LEDGER_TEXT.columns}
            empty={{ title: LEDGER_TEXT.none, hint: LEDGER_TEXT.noneHint }}
          >
            {(entry) => (
              <EntryRow
                key={entry.id}
                entry={entry}
                onEdit={() => setEditing(entry)}
                onRemove={() => setRemoving(entry)}
              />
            )}
          </CardsTable>
        </div>
        <KindPanel scenario={filters.scenario} />
      </div>
      {editing !== undefined && (
        <EntryDialog
          entry={editing === 'new' ? undefined : editing}
          scenario={filters.scenario}
          onClose={() => setEditing(undefined)}
        />
      )}
      {removing && (
        <NoteDialog
          title={LEDGER_TEXT.remove}
          hint={`${LEDGER_TEXT.removeTitle}：${removing.townName} ${removing.kindName} ${removing.name ?? LEDGER_TEXT.figure(formatNumber(removing.quantity))}`}
          label={LEDGER_TEXT.removeReason}
          pending={remove.isPending}
          error={remove.error}
          onSend={(reason) =>
            remove.mutate({ params: { id: removing.id }, query: { version: removing.version, reason } })
          }
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Frame>
  );
}

interface EntryRowProps {
  readonly entry: LedgerEntry;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function EntryRow({ entry, onEdit, onRemove }: EntryRowProps): ReactElement {
  const [, WHERE, WHAT, OBJECT, SOURCE, AS_OF] = LEDGER_TEXT.columns;
  const { kindName, scenarioName, townName, villageName, name, quantity, object, source, asOf, note } = entry;
  return (
    <tr>
      <th scope="row">
        {kindName}
        <span className="quiet row-code">{scenarioName}</span>
      </th>
      <td data-label={WHERE}>{[townName, villageName ?? ''].join(' ').trim()}</td>
      <td data-label={WHAT}>{name ?? LEDGER_TEXT.figure(formatNumber(quantity))}</td>
      <td data-label={OBJECT}>
        {object ? (
          <Link to="/platforms/objects" search={{ open: object.id }}>
            {object.name} <span className="quiet">{object.code}</span>
          </Link>
        ) : name === null ? (
          TEXT.dash
        ) : (
          <StateTag tone="waiting">{LEDGER_TEXT.unregistered}</StateTag>
        )}
      </td>
      <td data-label={SOURCE}>
        {source}
        {note !== null && <span className="quiet row-code">{note}</span>}
      </td>
      <td data-label={AS_OF} className="nowrap figures">
        {asOf}
        {entry.allowedActions.length > 0 && (
          <span className="standard-acts">
            <Button size="small" onClick={onEdit}>
              {LEDGER_TEXT.edit}
            </Button>
            <Button size="small" onClick={onRemove}>
              {LEDGER_TEXT.remove}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}
