import type { SharedGrant } from '#contract/monitoring';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Drawer, Popconfirm } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDate, formatNumber } from '../../../app/format.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Empty, Failure, Resource } from '../../../ui/states.tsx';
import { sharedGrantsQuery, sharedUseQuery, useEndGrant } from './sharing-queries.ts';
import { GRANT_TEXT, SHARING_TEXT } from './text.ts';

/** Who may have what, for what and until when, and how much was taken. */
export function Grants(): ReactElement {
  const query = useInfiniteQuery(sharedGrantsQuery);
  const [shown, setShown] = useState<SharedGrant>();
  const ending = useEndGrant();
  return (
    <section className="tab-section" aria-labelledby="shared-grants">
      <h2 id="shared-grants">{GRANT_TEXT.heading}</h2>
      {ending.error && <Failure error={ending.error} />}
      <CardsTable
        query={query}
        columns={GRANT_TEXT.columns}
        empty={{ title: GRANT_TEXT.none, hint: GRANT_TEXT.noneHint }}
      >
        {(grant) => (
          <GrantRow
            key={grant.id}
            grant={grant}
            onShow={() => setShown(grant)}
            onEnd={() => ending.mutate(grant.id)}
          />
        )}
      </CardsTable>
      <Drawer
        open={shown !== undefined}
        onClose={() => setShown(undefined)}
        size="min(480px, 100vw)"
        title={shown && GRANT_TEXT.daysTitle(shown.unit)}
        destroyOnHidden
      >
        {shown && <Days id={shown.id} />}
      </Drawer>
    </section>
  );
}

const TONES = { waiting: 'quiet', 'in-force': 'active', over: 'done', ended: 'done' } as const;

interface GrantRowProps {
  readonly grant: SharedGrant;
  readonly onShow: () => void;
  readonly onEnd: () => void;
}

function GrantRow({ grant, onShow, onEnd }: GrantRowProps): ReactElement {
  const [unit, item, purpose, span, state, use, last] = GRANT_TEXT.columns;
  const { requests, readings } = grant.use;
  return (
    <tr>
      <td data-label={unit}>
        <strong>{grant.unit}</strong>
        <div className="quiet">
          #{grant.id} {grant.token?.name ?? GRANT_TEXT.onlyPush}
        </div>
      </td>
      <td data-label={item}>{grant.item.name}</td>
      <td data-label={purpose}>{grant.purpose}</td>
      <td data-label={span} className="nowrap">
        {formatDate(grant.from)} – {formatDate(grant.to)}
      </td>
      <td data-label={state}>
        <StateTag tone={TONES[grant.state]}>{GRANT_TEXT.states[grant.state]}</StateTag>
      </td>
      <td data-label={use} className="nowrap">
        {requests === 0 ? (
          <span className="quiet">{SHARING_TEXT.unused}</span>
        ) : (
          SHARING_TEXT.used(formatNumber(requests), formatNumber(readings))
        )}
      </td>
      <td data-label={last} className="nowrap">
        {grant.lastUsedOn ?? '—'}
      </td>
      <td className="nowrap">
        <Button size="small" onClick={onShow}>
          {GRANT_TEXT.days}
        </Button>{' '}
        {grant.allowedActions.includes('end') && (
          <Popconfirm
            title={GRANT_TEXT.endSure}
            okText={GRANT_TEXT.end}
            cancelText={GRANT_TEXT.keep}
            onConfirm={onEnd}
          >
            <Button size="small">{GRANT_TEXT.end}</Button>
          </Popconfirm>
        )}
      </td>
    </tr>
  );
}

function Days({ id }: { readonly id: number }): ReactElement {
  const query = useQuery(sharedUseQuery(id));
  const [day, requests, readings] = GRANT_TEXT.dayColumns;
  return (
    <Resource query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={GRANT_TEXT.noDays} />
        ) : (
          <RowsTable columns={GRANT_TEXT.dayColumns}>
            {items.map((one) => (
              <tr key={one.day}>
                <td data-label={day}>{one.day}</td>
                <td data-label={requests}>{formatNumber(one.requests)}</td>
                <td data-label={readings}>{formatNumber(one.readings)}</td>
              </tr>
            ))}
          </RowsTable>
        )
      }
    </Resource>
  );
}
