import type { SignAtObject } from '#contract/standard';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { CardsTable } from '../../../ui/cards-table.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { Frame } from '../frame.tsx';
import { ObjectSignRow } from './object-sign-row.tsx';
import { OwnLimitForm } from './own-limit-form.tsx';
import { OwnLimitRow } from './own-limit-row.tsx';
import { objectQuery, ownLimitsQuery, signsAtObjectQuery } from './queries.ts';
import { FORM_TEXT, OBJECT_TEXT, OWN_TEXT } from './text.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';

/** 一个对象上的体征: limits as its parameters make them, and what it has of its own. */
export function ObjectSignsPage(): ReactElement {
  const { id } = useParams({ strict: false });
  const number = Number(id);
  const object = useQuery(objectQuery(number)).data;
  const query = useQuery(signsAtObjectQuery(number));
  const [asking, setAsking] = useState<SignAtObject>();
  const close = (): void => setAsking(undefined);
  const mayAsk = object?.allowedActions.includes('edit') ?? false;
  return (
    <Frame
      title={object?.name ?? OBJECT_TEXT.title}
      hint={OBJECT_TEXT.hint}
      extra={
        <Link to="/platforms/objects" search={{ open: number }}>
          {OBJECT_TEXT.back}
        </Link>
      }
    >
      <Resource query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={OBJECT_TEXT.none} hint={OBJECT_TEXT.noneHint} />
          ) : (
            <div className="rows-frame">
              <RowsTable columns={OBJECT_TEXT.columns} className="standard-rows">
                {items.map((sign) => (
                  <ObjectSignRow
                    key={sign.code}
                    sign={sign}
                    onAsk={mayAsk && sign.fixed === null ? () => setAsking(sign) : undefined}
                  />
                ))}
              </RowsTable>
            </div>
          )
        }
      </Resource>
      <History object={number} />
      <Drawer
        open={asking !== undefined}
        onClose={close}
        size="min(760px, 100vw)"
        // What is typed must not be lost to a press beside the form.
        mask={{ closable: false }}
        title={asking && FORM_TEXT.title(asking.name)}
        destroyOnHidden
      >
        {asking && object && <OwnLimitForm object={object.code} sign={asking} onDone={close} />}
      </Drawer>
    </Frame>
  );
}

function History({ object }: { readonly object: number }): ReactElement | null {
  const query = useInfiniteQuery(ownLimitsQuery({ object }));
  if (query.data?.pages[0]?.items.length === 0) return null;
  return (
    <section className="standard-own-history">
      <h2>{OBJECT_TEXT.history}</h2>
      <CardsTable query={query} columns={OWN_TEXT.columns} empty={{ title: OWN_TEXT.none }}>
        {(own) => <OwnLimitRow key={own.id} own={own} />}
      </CardsTable>
    </section>
  );
}
