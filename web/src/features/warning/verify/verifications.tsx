import type { Verification } from '#contract/warning';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { CardsTable } from '../../../ui/cards-table.tsx';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { decisionText } from './decision-text.ts';
import { VERIFY_TEXT } from './text.ts';
import { VerificationPanel } from './verification-panel.tsx';
import { decidedQuery, waitingQuery } from './verify-queries.ts';

type List = keyof typeof VERIFY_TEXT.lists;

/** 待核实: alarms that wait for a person, the most pressing first; and those that do no more, the newest first. */
export function Verifications(): ReactElement {
  const [list, setList] = useState<List>('waiting');
  const [shown, setShown] = useState<Verification>();
  const close = (): void => setShown(undefined);
  return (
    <>
      <div className="filters">
        <Segmented<List>
          aria-label={VERIFY_TEXT.listLabel}
          value={list}
          onChange={setList}
          options={[
            { value: 'waiting', label: VERIFY_TEXT.lists.waiting },
            { value: 'decided', label: VERIFY_TEXT.lists.decided },
          ]}
        />
      </div>
      {list === 'waiting' ? <Waiting onShow={setShown} /> : <Decided onShow={setShown} />}
      <Drawer
        open={shown !== undefined}
        onClose={close}
        size="min(820px, 100vw)"
        title={shown && `${shown.object.name} · ${shown.item.name}`}
        destroyOnHidden
      >
        {shown && <VerificationPanel id={shown.id} onDone={close} />}
      </Drawer>
    </>
  );
}

interface ListProps {
  readonly onShow: (one: Verification) => void;
}

function Waiting({ onShow }: ListProps): ReactElement {
  return (
    <>
      <p className="quiet">{VERIFY_TEXT.intro}</p>
      <CardsTable
        query={useInfiniteQuery(waitingQuery)}
        columns={VERIFY_TEXT.columns}
        empty={{ title: VERIFY_TEXT.none, hint: VERIFY_TEXT.noneHint }}
      >
        {(one) => <WaitingRow key={one.id} one={one} onShow={() => onShow(one)} />}
      </CardsTable>
    </>
  );
}

function Decided({ onShow }: ListProps): ReactElement {
  return (
    <CardsTable
      query={useInfiniteQuery(decidedQuery)}
      columns={VERIFY_TEXT.decidedColumns}
      empty={{ title: VERIFY_TEXT.noneDecided }}
    >
      {(one) => <DecidedRow key={one.id} one={one} onShow={() => onShow(one)} />}
    </CardsTable>
  );
}

interface RowProps {
  readonly one: Verification;
  readonly onShow: () => void;
}

/** The level and what it is about. */
function WhatCells({ one, labels }: { readonly one: Verification; readonly labels: readonly string[] }) {
  const { object, item } = one;
  return (
    <>
      <td data-label={labels[0]}>
        <LevelTag level={one.level} />
      </td>
      <td data-label={labels[1]}>
        {object.name} <OriginTags replaySession={one.replaySession} simulated={one.simulated} />
        <span className="row-item">
          {item.name}
          <small className="quiet"> · {one.scenarioName}</small>
        </span>
      </td>
    </>
  );
}

function WaitingRow({ one, onShow }: RowProps): ReactElement {
  const { owner } = one;
  const [, , why, who, limit] = VERIFY_TEXT.columns;
  return (
    <tr>
      <WhatCells one={one} labels={VERIFY_TEXT.columns} />
      <td data-label={why}>{one.reasons.join('；')}</td>
      <td data-label={who}>
        {owner.name ?? VERIFY_TEXT.noOwner}
        <small className="quiet row-item">{owner.roleName}</small>
      </td>
      <td data-label={limit} className="nowrap">
        <TimeText at={one.dueAt} />
      </td>
      <td>
        <Button onClick={onShow}>{VERIFY_TEXT.open}</Button>
      </td>
    </tr>
  );
}

function DecidedRow({ one, onShow }: RowProps): ReactElement | null {
  const { decision, warning } = one;
  const [, , result, who, when] = VERIFY_TEXT.decidedColumns;
  if (decision === null) return null;
  return (
    <tr>
      <WhatCells one={one} labels={VERIFY_TEXT.decidedColumns} />
      <td data-label={result}>
        {decisionText(decision)}{' '}
        {warning !== null && (
          <Link to="/warnings/$id" params={{ id: String(warning) }}>
            {VERIFY_TEXT.toWarning} #{warning}
          </Link>
        )}
      </td>
      <td data-label={who}>{decision.by ?? VERIFY_TEXT.byRule}</td>
      <td data-label={when} className="nowrap">
        <TimeText at={decision.at} />
      </td>
      <td>
        <Button onClick={onShow}>{VERIFY_TEXT.show}</Button>
      </td>
    </tr>
  );
}
