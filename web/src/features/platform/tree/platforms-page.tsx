import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Input } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { Choice } from '../../../ui/choice.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { Frame } from '../frame.tsx';
import { KIND_TEXT, KINDS } from '../kind-text.ts';
import { CountTable } from './count-table.tsx';
import { FoundList } from './found-list.tsx';
import { PlatformTree } from './platform-tree.tsx';
import { findQuery, rootQuery } from './tree-queries.ts';
import { countSentence, TEXT } from './text.ts';

/** 平台体系: the tree of platforms as it is held, beside what the regulation counts. */
export function PlatformsPage(): ReactElement {
  const { kind } = useSearch({ from: '/desk/platforms' });
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const root = useQuery(rootQuery);
  const found = useInfiniteQuery(findQuery(search, kind));
  const counts = root.data?.counts ?? [];
  const finding = search !== '' || kind !== undefined;
  return (
    <Frame title={TEXT.title} hint={counts.length > 0 ? countSentence(counts) : TEXT.hint}>
      <div className="platform-body">
        <section className="panel platform-tree" aria-label={finding ? TEXT.found : TEXT.tree}>
          <div className="filters" role="search">
            <Input.Search
              allowClear
              maxLength={50}
              value={text}
              placeholder={TEXT.search}
              aria-label={TEXT.search}
              aria-description={TEXT.foundKeys}
              onChange={({ target }) => setText(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
                const first = document.querySelector<HTMLElement>('.platform-found a');
                if (!first || event.nativeEvent.isComposing) return;
                event.preventDefault();
                first.focus();
              }}
            />
            <Choice
              label={TEXT.kind}
              values={KINDS}
              textOf={(one) => KIND_TEXT[one]}
              value={kind}
              onChange={(next) =>
                void navigate({ to: '/platforms', search: next ? { kind: next } : {}, replace: true })
              }
            />
          </div>
          {finding ? (
            <FoundList query={found} />
          ) : (
            <Resource query={root} rows={10}>
              {({ items }) =>
                items.length === 0 ? <Empty title={TEXT.empty} /> : <PlatformTree roots={items} />
              }
            </Resource>
          )}
        </section>
        {counts.length > 0 && <CountTable counts={counts} />}
      </div>
    </Frame>
  );
}
