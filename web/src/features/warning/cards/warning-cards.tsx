import type { WarningCard } from '#contract/warning';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useCallback, useMemo, useState } from 'react';

import { Empty, Resource } from '../../../ui/states.tsx';
import { useRowKeys } from '../../../ui/use-row-keys.ts';
import { BulkBar } from './bulk-bar.tsx';
import { CardRow } from './card-row.tsx';
import { type CardScope, cardsQuery } from './queries.ts';
import { TEXT } from './text.ts';
import { type BulkAct, useBulk } from './use-bulk.ts';
import { useCardKeys } from './use-card-keys.ts';
import './cards.css';

/** 归并: the open warnings on cards, worst first. j and k walk, Enter opens, x chooses, a acknowledges. */
export function WarningCards({ scope = {} }: { readonly scope?: CardScope }): ReactElement {
  const query = useQuery(cardsQuery(scope));
  return (
    <Resource query={query} rows={6}>
      {({ items, warnings }) =>
        items.length === 0 ? (
          <Empty title={TEXT.noneTitle} hint={TEXT.noneHint} />
        ) : (
          <CardList cards={items} warnings={warnings} />
        )
      }
    </Resource>
  );
}

interface CardListProps {
  readonly cards: readonly WarningCard[];
  readonly warnings: number;
}

function CardList({ cards, warnings }: CardListProps): ReactElement {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [chosenKeys, setChosen] = useState<ReadonlySet<string>>(new Set());
  const bulk = useBulk();
  const keys = useMemo(() => cards.map(({ key }) => key), [cards]);
  const open = useCallback((key: string) => setOpened((before) => toggled(before, key)), []);
  const current = useRowKeys(keys, open);
  const choose = (key: string): void => setChosen((before) => toggled(before, key));
  // A card that is gone is chosen no more.
  const chosen = cards.filter(({ key }) => chosenKeys.has(key));
  const act = (work: BulkAct): void => {
    if (!bulk.isPending) bulk.mutate(work, { onSuccess: () => setChosen(new Set()) });
  };
  const acknowledge = (card: WarningCard): void => {
    if (card.allowedActions.includes('acknowledge')) act({ cards: [card], work: { action: 'acknowledge' } });
  };
  const marked = cards.find(({ key }) => key === current);
  useCardKeys({
    choose: () => marked && marked.allowedActions.length > 0 && choose(marked.key),
    acknowledge: () => marked && acknowledge(marked),
  });
  return (
    <section className="warning-cards" aria-label={TEXT.views.cards}>
      <p className="quiet warning-cards-total">
        <span>{TEXT.total(warnings, cards.length)}</span>
        <span className="hide-phone">
          <kbd>j</kbd> <kbd>k</kbd> {TEXT.keys.move} · <kbd>Enter</kbd> {TEXT.keys.open} · <kbd>x</kbd>{' '}
          {TEXT.keys.choose} · <kbd>a</kbd> {TEXT.keys.acknowledge}
        </span>
      </p>
      <BulkBar chosen={chosen} bulk={bulk} act={act} clear={() => setChosen(new Set())} />
      <ul>
        {cards.map((card) => (
          <CardRow
            key={card.key}
            card={card}
            current={current === card.key}
            chosen={chosenKeys.has(card.key)}
            opened={opened.has(card.key)}
            busy={bulk.isPending}
            onChoose={() => choose(card.key)}
            onOpen={() => open(card.key)}
            onAcknowledge={() => acknowledge(card)}
          />
        ))}
      </ul>
    </section>
  );
}

function toggled(before: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(key)) after.add(key);
  return after;
}
