import { lazy, type ReactElement, Suspense } from 'react';

import { Loading } from '../../../ui/states.tsx';
import type { CardScope } from './queries.ts';

const WarningCards = lazy(async () => ({ default: (await import('./warning-cards.tsx')).WarningCards }));

/** The cards and what acts on many at once; fetched when somebody looks at them or a flood begins. */
export function CardsWhenAsked({ scope }: { readonly scope: CardScope }): ReactElement {
  return (
    <Suspense fallback={<Loading />}>
      <WarningCards scope={scope} />
    </Suspense>
  );
}
