import type { Verification } from '#contract/warning';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { CardsTable } from '../../../ui/cards-table.tsx';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { VERIFY_TEXT } from './text.ts';
import { VerificationPanel } from './verification-panel.tsx';
import { verificationsQuery } from './verify-queries.ts';

/** 待核实: alarms that wait for a person, the most pressing first. */
export function Verifications(): ReactElement {
  const query = useInfiniteQuery(verificationsQuery);
  const [shown, setShown] = useState<Verification>();
  const close = (): void => setShown(undefined);
  return (
    <>
      <p className="quiet">{VERIFY_TEXT.intro}</p>
      <CardsTable
        query={query}
        columns={VERIFY_TEXT.columns}
        empty={{ title: VERIFY_TEXT.none, hint: VERIFY_TEXT.noneHint }}
      >
        {(one) => <WaitingRow key={one.id} waiting={one} onShow={() => setShown(one)} />}
      </CardsTable>
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

interface WaitingRowProps {
  readonly waiting: Verification;
  readonly onShow: () => void;
}

function WaitingRow({ waiting, onShow }: WaitingRowProps): ReactElement {
  const { object, item, owner } = waiting;
  const [levels, what, why, who, limit] = VERIFY_TEXT.columns;
  return (
    <tr>
      <td data-label={levels}>
        <LevelTag level={waiting.level} />
      </td>
      <td data-label={what}>
        {object.name} <OriginTags replaySession={waiting.replaySession} simulated={waiting.simulated} />
        <small className="quiet">
          {' '}
          {item.name} · {waiting.scenarioName}
        </small>
      </td>
      <td data-label={why}>{waiting.reasons.join('；')}</td>
      <td data-label={who}>
        {owner.name ?? VERIFY_TEXT.noOwner} <small className="quiet">{owner.roleName}</small>
      </td>
      <td data-label={limit} className="nowrap">
        <TimeText at={waiting.dueAt} />
      </td>
      <td>
        <Button onClick={onShow}>{VERIFY_TEXT.open}</Button>
      </td>
    </tr>
  );
}
