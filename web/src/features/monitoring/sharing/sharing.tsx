import { sharingRoutes, type SharedItem } from '#contract/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { Failure } from '../../../ui/states.tsx';
import { ExportReadings } from '../export-readings.tsx';
import { GrantDrawer } from './grant-drawer.tsx';
import { Grants } from './grants.tsx';
import { OfferDrawer } from './offer-drawer.tsx';
import { sharedItemsQuery, useWithdraw } from './sharing-queries.ts';
import { SHARING_TEXT } from './text.ts';
import { Webhooks } from './webhooks.tsx';

/** 共享: what others may have, who may, and who did. */
export function Sharing(): ReactElement {
  const query = useInfiniteQuery(sharedItemsQuery);
  const mayManage = useCan('sharing.manage');
  const [offering, setOffering] = useState(false);
  const [granting, setGranting] = useState<SharedItem>();
  const withdrawing = useWithdraw();
  return (
    <>
      <div className="filters">
        <p className="quiet">{SHARING_TEXT.intro}</p>
        {mayManage && <Button onClick={() => setOffering(true)}>{SHARING_TEXT.offer}</Button>}
      </div>
      {withdrawing.error && <Failure error={withdrawing.error} />}
      <CardsTable
        query={query}
        columns={SHARING_TEXT.columns}
        empty={{ title: SHARING_TEXT.none, hint: SHARING_TEXT.noneHint }}
      >
        {(item) => (
          <ItemRow
            key={item.id}
            item={item}
            onGrant={() => setGranting(item)}
            onWithdraw={() => withdrawing.mutate(item.id)}
          />
        )}
      </CardsTable>
      <Grants />
      {mayManage && <Webhooks />}
      <OfferDrawer open={offering} onClose={() => setOffering(false)} />
      <GrantDrawer item={granting} onClose={() => setGranting(undefined)} />
    </>
  );
}

interface ItemRowProps {
  readonly item: SharedItem;
  readonly onGrant: () => void;
  readonly onWithdraw: () => void;
}

const DAY_MS = 86_400_000;

function ItemRow({ item, onGrant, onWithdraw }: ItemRowProps): ReactElement {
  const [name, from, elements, points, grants, use] = SHARING_TEXT.columns;
  const { requests, readings } = item.use;
  // The page's own moment: what a file holds is settled when it is asked for.
  const [now] = useState(Date.now);
  return (
    <tr>
      <td data-label={name}>
        <strong>{item.name}</strong>
        {item.note !== null && <div className="quiet">{item.note}</div>}
      </td>
      <td data-label={from}>
        {item.platform.name}
        {item.territory && <div className="quiet">{SHARING_TEXT.in(item.territory.name)}</div>}
      </td>
      <td data-label={elements}>
        {item.elements.map((element) => element.name).join('、') || SHARING_TEXT.allElements}
      </td>
      <td data-label={points}>{formatNumber(item.points)}</td>
      <td data-label={grants}>{formatNumber(item.grants)}</td>
      <td data-label={use} className="nowrap">
        {requests === 0 ? (
          <span className="quiet">{SHARING_TEXT.unused}</span>
        ) : (
          SHARING_TEXT.used(formatNumber(requests), formatNumber(readings))
        )}
      </td>
      <td className="nowrap">
        <ExportReadings
          path={sharingRoutes.exportSharedItem.path.replace(':id', String(item.id))}
          from={now - DAY_MS}
          to={now}
        />{' '}
        {item.allowedActions.includes('grant') && (
          <Button size="small" onClick={onGrant}>
            {SHARING_TEXT.grant}
          </Button>
        )}{' '}
        {item.allowedActions.includes('withdraw') && (
          <Popconfirm
            title={SHARING_TEXT.withdrawSure}
            description={SHARING_TEXT.withdrawWhy}
            okText={SHARING_TEXT.withdraw}
            cancelText={SHARING_TEXT.keep}
            onConfirm={onWithdraw}
          >
            <Button size="small">{SHARING_TEXT.withdraw}</Button>
          </Popconfirm>
        )}
      </td>
    </tr>
  );
}
