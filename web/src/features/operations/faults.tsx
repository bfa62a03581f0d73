import type { Fault, FaultCounts } from '#contract/operations';
import {
  FAULT_FINDER_TEXT,
  FAULT_KIND_RULES,
  FAULT_KINDS,
  FAULT_STATE_TEXT,
  FAULT_STATES,
  FAULT_SUBJECT_TEXT,
  FAULT_SUBJECTS,
} from '#model/operations';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { CardsTable } from '../../ui/cards-table.tsx';
import { Choice } from '../../ui/choice.tsx';
import { ScenarioSelect } from '../../ui/scenario-select.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { FaultDrawer } from './fault-drawer.tsx';
import { FaultLimit, FaultTags, ownerText } from './fault-tags.tsx';
import { countsQuery, faultsQuery } from './queries.ts';
import { ReportDrawer } from './report-drawer.tsx';
import type { FaultSearch } from './search.ts';
import { TEXT } from './text.ts';

type Change = { readonly [K in keyof FaultSearch]: FaultSearch[K] | undefined };

interface FaultsProps {
  /** Whether the drawer for reporting a fault is open. */
  readonly reporting: boolean;
  readonly onReporting: (reporting: boolean) => void;
}

/** 故障: what is technically wrong, since when, until when it should recover, and who is on it. */
export function Faults({ reporting, onReporting }: FaultsProps): ReactElement {
  const search = useSearch({ from: '/desk/operations' });
  const navigate = useNavigate();
  const query = useInfiniteQuery(faultsQuery(search));
  const { data: counts } = useQuery(countsQuery);
  const go = (change: Change): void => {
    const kept = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined);
    void navigate({ to: '/operations', search: Object.fromEntries(kept), replace: true });
  };
  return (
    <>
      <Filters search={search} counts={counts} go={go} />
      <CardsTable query={query} columns={TEXT.columns} empty={{ title: TEXT.none, hint: TEXT.noneHint }}>
        {(fault) => <FaultRow key={fault.id} fault={fault} search={search} />}
      </CardsTable>
      <FaultDrawer id={search.fault} onClose={() => go({ fault: undefined })} />
      <ReportDrawer
        open={reporting}
        onClose={() => onReporting(false)}
        onReported={(fault) => {
          onReporting(false);
          go({ fault: fault.id });
        }}
      />
    </>
  );
}

interface FiltersProps {
  readonly search: FaultSearch;
  readonly counts: FaultCounts | undefined;
  readonly go: (change: Change) => void;
}

function Filters({ search, counts, go }: FiltersProps): ReactElement {
  const [text, setText] = useState(search.search ?? '');
  const open = counts?.byState.reduce((sum, { count }) => sum + count, 0);
  const countOf = new Map(counts?.byKind.map(({ kind, count }) => [kind, count]));
  const counted = (label: string, count: number | undefined): string =>
    count === undefined ? label : `${label} ${count}`;
  return (
    <div className="filters" role="search">
      <Segmented<'open' | 'mine' | 'overdue' | 'all'>
        aria-label={TEXT.scope}
        value={search.show ?? 'open'}
        onChange={(show) => go({ show: show === 'open' ? undefined : show, state: undefined })}
        options={[
          { value: 'open', label: counted(TEXT.open, open) },
          { value: 'mine', label: counted(TEXT.mine, counts?.mine) },
          { value: 'overdue', label: counted(TEXT.overdue, counts?.overdue) },
          { value: 'all', label: TEXT.all },
        ]}
      />
      <Choice
        label={TEXT.state}
        values={FAULT_STATES}
        textOf={(state) => FAULT_STATE_TEXT[state]}
        value={search.state}
        // Closed ones are not among the open: asking for them widens the list.
        onChange={(state) => go({ state, ...(state === 'closed' ? { show: 'all' } : {}) })}
      />
      <Choice
        label={TEXT.kind}
        values={FAULT_KINDS}
        textOf={(kind) => counted(FAULT_KIND_RULES[kind].text, countOf.get(kind))}
        value={search.kind}
        onChange={(kind) => go({ kind })}
      />
      <Choice
        label={TEXT.subject}
        values={FAULT_SUBJECTS}
        textOf={(kind) => FAULT_SUBJECT_TEXT[kind]}
        value={search.subject}
        onChange={(subject) => go({ subject })}
      />
      <ScenarioSelect value={search.scenario} onChange={(scenario) => go({ scenario })} />
      <Input.Search
        className="fault-search"
        allowClear
        maxLength={50}
        value={text}
        placeholder={TEXT.search}
        aria-label={TEXT.search}
        onChange={({ target }) => setText(target.value)}
        onSearch={(value) => go({ search: value.trim() === '' ? undefined : value.trim() })}
      />
    </div>
  );
}

function FaultRow({ fault, search }: { readonly fault: Fault; readonly search: FaultSearch }): ReactElement {
  const [what, state, limit, owner, found] = TEXT.columns;
  return (
    <tr>
      <td data-label={what} className="fault-what">
        <Link to="/operations" search={{ ...search, fault: fault.id }} replace className="row-link">
          {fault.subject.name}
        </Link>
        <span className="fault-kind">
          {fault.kindText}
          <small className="quiet figures"> · {fault.code}</small>
        </span>
        <span className="quiet fault-summary">{fault.summary}</span>
      </td>
      <td data-label={state}>
        <FaultTags fault={fault} />
      </td>
      <td data-label={limit} className="fault-limit">
        <FaultLimit fault={fault} />
      </td>
      <td data-label={owner}>{ownerText(fault)}</td>
      <td data-label={found} className="nowrap">
        <TimeText at={fault.openedAt} />
        <small className="quiet fault-found">{fault.reportedBy ?? FAULT_FINDER_TEXT[fault.foundBy]}</small>
      </td>
    </tr>
  );
}
