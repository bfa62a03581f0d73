import type { FaultDetail } from '#contract/operations';
import { FAULT_FINDER_TEXT, FAULT_SUBJECT_TEXT } from '#model/operations';
import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import type { ReactElement, ReactNode } from 'react';

import { Resource } from '../../ui/states.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { FaultActions } from './fault-actions.tsx';
import { FaultLimit, FaultTags, ownerText } from './fault-tags.tsx';
import { faultQuery } from './queries.ts';
import { TEXT } from './text.ts';

interface FaultDrawerProps {
  /** None: it is shut. */
  readonly id: number | undefined;
  readonly onClose: () => void;
}

/** One fault: what it is, until when it should recover, what may be done, and what was. */
export function FaultDrawer({ id, onClose }: FaultDrawerProps): ReactElement {
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size="min(620px, 100vw)"
      title={TEXT.fault}
      destroyOnHidden
    >
      {id !== undefined && <Loaded key={id} id={id} />}
    </Drawer>
  );
}

function Loaded({ id }: { readonly id: number }): ReactElement {
  const query = useQuery(faultQuery(id));
  return (
    <Resource query={query}>
      {(fault) => (
        <div className="fault-detail">
          <header>
            <h2>{fault.subject.name}</h2>
            <p>
              {fault.kindText} <span className="quiet figures">{fault.code}</span>
            </p>
            <FaultTags fault={fault} />
          </header>
          <p className="fault-says">{fault.summary}</p>
          <FaultLimit fault={fault} />
          <FaultActions key={fault.version} fault={fault} />
          <Facts fault={fault} />
          <History entries={fault.entries} />
        </div>
      )}
    </Resource>
  );
}

function Facts({ fault }: { readonly fault: FaultDetail }): ReactElement {
  const words = TEXT.facts;
  const lines: readonly (readonly [string, ReactNode])[] = [
    [
      words.subject,
      <>
        {FAULT_SUBJECT_TEXT[fault.subject.kind]} <span className="code">{fault.subject.key}</span>
      </>,
    ],
    [
      words.found,
      <>
        {FAULT_FINDER_TEXT[fault.foundBy]}
        {fault.reportedBy === null ? '' : `（${fault.reportedBy}）`} <TimeText at={fault.openedAt} whole />
      </>,
    ],
    [words.due, <TimeText key="due" at={fault.dueAt} whole />],
    [words.basis, fault.limitBasis],
    [words.owner, ownerText(fault)],
    ...(fault.resolvedAt === null
      ? []
      : [
          [
            words.resolved,
            <>
              <TimeText at={fault.resolvedAt} whole /> {fault.resolvedBy ?? TEXT.by}
            </>,
          ] as const,
        ]),
    ...(fault.closedAt === null
      ? []
      : [[words.closed, <TimeText key="closed" at={fault.closedAt} whole />] as const]),
  ];
  return (
    <dl className="facts">
      {lines.map(([name, value]) => (
        <div key={name} className="fault-fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const SHOWN = 200;

function History({ entries }: { readonly entries: FaultDetail['entries'] }): ReactElement {
  return (
    <section>
      <h3>{TEXT.history}</h3>
      <ol className="timeline">
        {entries.map((entry) => (
          <li key={entry.id}>
            <div className="timeline-head">
              <strong>{entry.text}</strong>
              <span className="quiet timeline-when">
                <TimeText at={entry.at} whole /> · {entry.by ?? TEXT.by}
              </span>
            </div>
            {entry.note !== null && <p className="timeline-note">{entry.note}</p>}
          </li>
        ))}
      </ol>
      {entries.length === SHOWN && <p className="quiet">{TEXT.older}</p>}
    </section>
  );
}
