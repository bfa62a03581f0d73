import { type Dependency, dependencyRoutes } from '#contract/platform';
import { DEPENDENCY_TEXT } from '#model/warning';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { call } from '../../app/call.ts';
import { Resource } from '../states.tsx';
import { TEXT } from './text.ts';

const ofObjectQuery = (object: number) =>
  queryOptions({
    queryKey: ['dependency', 'of-object', object],
    queryFn: ({ signal }) =>
      call(dependencyRoutes.listDependencies, { query: { object, limit: 200 }, signal }),
  });

/** What an object leans on, and what leans on it. */
export function ObjectDependencies({ object }: { readonly object: number }): ReactElement {
  const query = useQuery(ofObjectQuery(object));
  return (
    <>
      <h3>{TEXT.title}</h3>
      <Resource query={query} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{TEXT.none}</p>
          ) : (
            <>
              <Ends label={TEXT.dependsOn} of="from" edges={items.filter(({ to }) => to.id === object)} />
              <Ends label={TEXT.neededBy} of="to" edges={items.filter(({ from }) => from.id === object)} />
            </>
          )
        }
      </Resource>
    </>
  );
}

interface EndsProps {
  readonly label: string;
  readonly of: 'from' | 'to';
  readonly edges: readonly Dependency[];
}

function Ends({ label, of, edges }: EndsProps): ReactElement | null {
  if (edges.length === 0) return null;
  return (
    <p>
      <span className="quiet">{label}</span>{' '}
      {edges.map((edge) => `${edge[of].name}（${DEPENDENCY_TEXT[edge.kind]}）`).join('、')}
    </p>
  );
}
