import './platform.css';

import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { platformSections } from '../../app/platform-sections.ts';
import { useSession } from '../../app/session.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { Empty, Resource } from '../../ui/states.tsx';
import { CountTable } from './count-table.tsx';
import { PlatformFacts } from './platform-facts.tsx';
import { rootQuery, searchQuery } from './platform-queries.ts';
import { PlatformTree } from './platform-tree.tsx';
import { countSentence, TEXT } from './text.ts';

/** 平台体系: the tree of platforms as it is held, beside what the regulation counts. */
export function PlatformPage(): ReactElement {
  const session = useSession();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const root = useQuery(rootQuery);
  const found = useQuery(searchQuery(search));
  const counts = root.data?.counts ?? [];
  return (
    <>
      <PageHead title={TEXT.title} hint={counts.length > 0 ? countSentence(counts) : TEXT.hint} />
      <SectionTabs label={TEXT.title} sections={session ? platformSections(session) : []} />
      <div className="platform-body">
        <section className="panel platform-tree" aria-label={search === '' ? TEXT.tree : TEXT.found}>
          <div className="filters">
            <Input.Search
              allowClear
              maxLength={50}
              value={text}
              placeholder={TEXT.search}
              aria-label={TEXT.search}
              onChange={({ target }) => setText(target.value)}
            />
          </div>
          {search === '' ? (
            <Resource query={root} rows={10}>
              {({ items }) =>
                items.length === 0 ? <Empty title={TEXT.empty} /> : <PlatformTree roots={items} />
              }
            </Resource>
          ) : (
            <Resource query={found}>
              {({ items, next }) =>
                items.length === 0 ? (
                  <Empty title={TEXT.notFound} />
                ) : (
                  <ul className="platform-found">
                    {items.map((platform) => (
                      <li key={platform.id}>
                        <PlatformFacts platform={platform} />
                      </li>
                    ))}
                    {next !== null && <li className="quiet">{TEXT.more}</li>}
                  </ul>
                )
              }
            </Resource>
          )}
        </section>
        {counts.length > 0 && <CountTable counts={counts} />}
      </div>
    </>
  );
}
