import type { Store } from '#contract/command';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';

import { formatDate, formatNumber, formatSpot } from '../../../app/format.ts';
import { MoreButton } from '../../../ui/more-button.tsx';
import { OriginTags } from '../../../ui/replay-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { DialButton } from '../dial-button.tsx';
import { storesQuery } from '../queries.ts';
import { RetireStore } from './retire-store.tsx';
import { StoreForm } from './store-form.tsx';
import { CONTACTS_TEXT } from './text.ts';

/** Emergency stores: what lies where, and who has the key. */
export function Stores({ q }: { readonly q: string | undefined }): ReactElement {
  const query = useInfiniteQuery(storesQuery(q));
  const [editing, setEditing] = useState<Store>();
  return (
    <>
      <Resource query={query}>
        {({ pages }) => {
          const stores = pages.flatMap((page) => page.items);
          if (stores.length === 0) {
            return q === undefined ? (
              <Empty title={CONTACTS_TEXT.noStores} hint={CONTACTS_TEXT.noStoresHint} />
            ) : (
              <Empty title={CONTACTS_TEXT.noneFound} hint={CONTACTS_TEXT.noneFoundHint} />
            );
          }
          return (
            <>
              <ul className="book-cards">
                {stores.map((store) => (
                  <StoreCard key={store.id} store={store} q={q} onEdit={() => setEditing(store)} />
                ))}
              </ul>
              <MoreButton count={stores.length} query={query} />
            </>
          );
        }}
      </Resource>
      {editing && <StoreForm store={editing} onClose={() => setEditing(undefined)} />}
    </>
  );
}

const SHOWN = 8;

function StoreCard({
  store,
  q,
  onEdit,
}: {
  readonly store: Store;
  readonly q: string | undefined;
  readonly onEdit: () => void;
}): ReactElement {
  // What was looked for stands first.
  const items = store.items.toSorted((a, b) => Number(hits(b.name, q)) - Number(hits(a.name, q)));
  return (
    <li className="panel book-card">
      <div className="book-head">
        <strong>{store.name}</strong>
        <OriginTags simulated={store.simulated} />
        <span className="book-acts">
          {store.allowedActions.includes('edit') && (
            <button type="button" className="text-button" onClick={onEdit}>
              {CONTACTS_TEXT.edit}
            </button>
          )}
          {store.allowedActions.includes('retire') && <RetireStore store={store} />}
        </span>
      </div>
      <span className="quiet">
        {store.platform.name}
        {store.address !== null && ` · ${store.address}`}
      </span>
      <dl className="store-items">
        {items.slice(0, SHOWN).map((item) => (
          <div key={item.name} data-hit={hits(item.name, q)}>
            <dt>{item.name}</dt>
            <dd className="figures">
              {formatNumber(item.quantity)} {item.unit}
            </dd>
          </div>
        ))}
      </dl>
      {items.length > SHOWN && <span className="quiet">{CONTACTS_TEXT.more(items.length - SHOWN)}</span>}
      {store.note !== null && <span className="quiet">{store.note}</span>}
      <div className="book-foot">
        <span className="quiet figures">
          {store.checkedAt === null
            ? CONTACTS_TEXT.neverChecked
            : CONTACTS_TEXT.checked(formatDate(store.checkedAt))}
          {' · '}
          {CONTACTS_TEXT.place} {formatSpot(store)}
        </span>
        {store.keeper && (
          <span className="book-keeper">
            <span>
              {CONTACTS_TEXT.keeper} {store.keeper.name}
            </span>
            <DialButton
              target={{ kind: 'contact', id: store.keeper.id }}
              name={store.keeper.name}
              hasPhone={store.keeper.phoneMasked !== null}
            />
          </span>
        )}
      </div>
    </li>
  );
}

function hits(name: string, q: string | undefined): boolean {
  return q !== undefined && name.toLowerCase().includes(q.toLowerCase());
}
