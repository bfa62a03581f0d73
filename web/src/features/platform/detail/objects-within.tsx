import type { MonitoredObject, PlatformDetail } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Input } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { Empty } from '../../../ui/states.tsx';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { ObjectTags } from '../objects/object-tags.tsx';
import { useNames } from '../use-names.ts';
import { NOT_TOLD } from '../text.ts';
import { narrowing, objectsWithinQuery } from './detail-queries.ts';
import { WITHIN_TEXT } from './text.ts';

/** The objects that lie in a platform's scenario or place. */
export function ObjectsWithin({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const narrow = narrowing(platform);
  const query = useInfiniteQuery(objectsWithinQuery(narrow, search));
  if (narrow === undefined) return <Empty title={WITHIN_TEXT.below} hint={WITHIN_TEXT.belowHint} />;
  return (
    <>
      <div className="filters">
        <Input.Search
          className="org-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={WITHIN_TEXT.search}
          aria-label={WITHIN_TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
        <Link to="/platforms/objects" search={narrow}>
          {WITHIN_TEXT.ledger}
        </Link>
      </div>
      <CardsTable
        query={query}
        columns={WITHIN_TEXT.columns}
        empty={
          search === ''
            ? { title: WITHIN_TEXT.none, hint: WITHIN_TEXT.noneHint }
            : { title: WITHIN_TEXT.notFound }
        }
      >
        {(object) => <ObjectRow key={object.id} object={object} />}
      </CardsTable>
    </>
  );
}

function ObjectRow({ object }: { readonly object: MonitoredObject }): ReactElement {
  const names = useNames();
  const [name, scenario, place, owner, marks] = WITHIN_TEXT.columns;
  return (
    <tr>
      <td data-label={name}>
        <Link className="row-link" to="/platforms/objects" search={{ open: object.id }}>
          {object.name}
        </Link>
        <small className="org-code quiet row-code">{object.code}</small>
      </td>
      <td data-label={scenario}>{names.scenarios(object.scenarios)}</td>
      <td data-label={place}>{names.town(object.town)}</td>
      <td data-label={owner}>{object.owner?.name ?? <span className="quiet">{NOT_TOLD}</span>}</td>
      <td data-label={marks}>
        <ObjectTags object={object} />
      </td>
    </tr>
  );
}
