import type { Responsibility } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { MoreButton } from '../../../ui/more-button.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { KIND_TEXT } from '../kind-text.ts';
import { StateIcon, STATE_TEXT } from '../role-state.tsx';
import type { ResponsibilitySearch } from '../search.ts';
import { groupsOf } from './groups.ts';
import { responsibilitiesQuery } from './responsibility-queries.ts';
import { TEXT } from './text.ts';

interface MosaicProps {
  readonly kind: 'town' | 'village';
  readonly search: ResponsibilitySearch;
}

/** The platforms that must name one role each, as tiles: full where somebody is, hollow where nobody is. */
export function Mosaic({ kind, search }: MosaicProps): ReactElement {
  const query = useInfiniteQuery(responsibilitiesQuery(kind, search));
  const platforms = query.data?.pages[0]?.totals.platforms ?? 0;
  return (
    <section className="role-section" aria-label={KIND_TEXT[kind]}>
      <h2>{KIND_TEXT[kind]}</h2>
      <Resource query={query} rows={4}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return search.gaps ? (
              <Empty title={TEXT.whole} hint={TEXT.wholeHint} />
            ) : (
              <Empty title={TEXT.none} />
            );
          }
          const groups = kind === 'village' ? groupsOf(items) : [{ name: null, items, named: 0 }];
          return (
            <>
              {groups.map((group, i) => (
                <div key={group.name} className="panel role-group">
                  {group.name !== null && (
                    <h3>
                      {group.name} {/* The last one may go on behind the next page. */}
                      {(i < groups.length - 1 || !query.hasNextPage) && (
                        <small className="quiet figures">{TEXT.group(group.named, group.items.length)}</small>
                      )}
                    </h3>
                  )}
                  <ul className={kind === 'village' ? 'mosaic mosaic-small' : 'mosaic'}>
                    {group.items.map((item) => (
                      <Tile key={item.platform.code} item={item} />
                    ))}
                  </ul>
                </div>
              ))}
              {items.length < platforms && <MoreButton count={items.length} query={query} />}
            </>
          );
        }}
      </Resource>
    </section>
  );
}

function Tile({ item }: { readonly item: Responsibility }): ReactElement {
  const { platform, roles } = item;
  const role = roles.find(({ state }) => state !== 'named') ?? roles[0];
  const state = role?.state ?? 'vacant';
  const who = role?.holders.map(({ name }) => name).join('、') ?? '';
  const words = who === '' ? STATE_TEXT[state] : who;
  return (
    <li>
      <Link
        to="/platforms/$code"
        params={{ code: platform.code }}
        className={`mosaic-tile role-${state}`}
        title={`${role?.roleName ?? ''}：${words}`}
      >
        <StateIcon state={state} />
        <span className="mosaic-words">
          {platform.name}
          <small>{words}</small>
        </span>
      </Link>
    </li>
  );
}
