import type { Platform } from '#contract/platform';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { KeyboardEvent, ReactElement } from 'react';

import { MoreButton } from '../../../ui/more-button.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { PlatformFacts } from './platform-facts.tsx';
import { TEXT } from './text.ts';

interface FoundListProps {
  readonly query: UseInfiniteQueryResult<{
    readonly pages: readonly { readonly items: readonly Platform[] }[];
  }>;
}

/** What a search or a kind found; the arrow keys walk it. */
export function FoundList({ query }: FoundListProps): ReactElement {
  return (
    <Resource query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Empty title={TEXT.notFound} hint={TEXT.notFoundHint} />;
        return (
          <>
            {/* Arrow keys move between the links that Tab reaches too. */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
            <ul className="platform-found" onKeyDown={walk}>
              {items.map((platform) => (
                <li key={platform.id}>
                  <PlatformFacts platform={platform} />
                </li>
              ))}
            </ul>
            <MoreButton count={items.length} query={query} />
          </>
        );
      }}
    </Resource>
  );
}

function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at + by];
  event.preventDefault();
  if (next) next.focus();
  else if (at === 0) document.querySelector<HTMLElement>('.platform-tree input')?.focus();
}
