import './intake.css';

import type { IntakeSource } from '#contract/monitoring';
import { INTAKE_AUTH_TEXT, INTAKE_KIND_TEXT } from '#model/monitoring';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { SimulatedTag } from '../../../ui/replay-tag.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { SourceDrawer } from './source-drawer.tsx';
import { sourcesQuery } from './source-queries.ts';
import { SOURCE_TEXT } from './text.ts';

/** 接入源: what pushes by HTTP, what was taken of it, and what was not and why. */
export function Sources(): ReactElement {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const query = useInfiniteQuery(sourcesQuery(search));
  const mayManage = useCan('device.manage');
  const [shown, setShown] = useState<number | 'new'>();
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <p className="quiet intake-intro">{SOURCE_TEXT.intro}</p>
      <div className="filters">
        <Input.Search
          className="filter-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={SOURCE_TEXT.search}
          aria-label={SOURCE_TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
        {mayManage && <Button onClick={() => setShown('new')}>{SOURCE_TEXT.create}</Button>}
      </div>
      <CardsTable
        query={query}
        columns={SOURCE_TEXT.columns}
        empty={
          search ? { title: SOURCE_TEXT.notFound } : { title: SOURCE_TEXT.none, hint: SOURCE_TEXT.noneHint }
        }
      >
        {(source) => <SourceRow key={source.id} source={source} onShow={() => setShown(source.id)} />}
      </CardsTable>
      <SourceDrawer
        open={shown !== undefined}
        source={items.find(({ id }) => id === shown)}
        onClose={() => setShown(undefined)}
      />
    </>
  );
}

function SourceRow({
  source,
  onShow,
}: {
  readonly source: IntakeSource;
  readonly onShow: () => void;
}): ReactElement {
  const [what, path, auth, accepted, last, refused] = SOURCE_TEXT.columns;
  return (
    <tr>
      <td data-label={what}>
        <strong>{source.name}</strong> {source.simulated && <SimulatedTag />}{' '}
        {!source.enabled && <StateTag tone="quiet">{SOURCE_TEXT.off}</StateTag>}
        <div className="quiet">
          {INTAKE_KIND_TEXT[source.kind]} · {source.platformName}
        </div>
      </td>
      <td data-label={path} className="code">
        {source.path}
      </td>
      <td data-label={auth}>
        {INTAKE_AUTH_TEXT[source.auth]}
        <div className="quiet code">{source.addresses.join('、') || SOURCE_TEXT.anywhere}</div>
      </td>
      <td data-label={accepted} className="nowrap">
        {formatNumber(source.accepted)}
      </td>
      <td data-label={last} className="nowrap">
        {source.lastAt === null ? (
          <span className="quiet">{SOURCE_TEXT.never}</span>
        ) : (
          <TimeText at={source.lastAt} />
        )}
      </td>
      <td data-label={refused}>
        <Refused source={source} />
      </td>
      <td>
        <Button size="small" aria-label={SOURCE_TEXT.openOf(source.name)} onClick={onShow}>
          {SOURCE_TEXT.open}
        </Button>
      </td>
    </tr>
  );
}

function Refused({ source }: { readonly source: IntakeSource }): ReactElement {
  const { refused, unclassified, messages } = source;
  if (refused.length === 0 && unclassified === 0 && messages === 0)
    return <span className="quiet">{SOURCE_TEXT.nothing}</span>;
  return (
    <>
      {unclassified > 0 && (
        <StateTag tone="waiting">{SOURCE_TEXT.unclassified(formatNumber(unclassified))}</StateTag>
      )}
      <ul className="refusals">
        {refused.map(({ reason, text, count }) => (
          <li key={reason} title={reason}>
            {text} {formatNumber(count)}
          </li>
        ))}
        {messages > 0 && <li>{SOURCE_TEXT.messages(formatNumber(messages))}</li>}
      </ul>
    </>
  );
}
