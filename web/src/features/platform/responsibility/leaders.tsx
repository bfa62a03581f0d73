import type { Responsibility } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { Empty, Failure, Loading } from '../../../ui/states.tsx';
import { KIND_TEXT, type PlatformKind } from '../kind-text.ts';
import { RoleState } from '../role-state.tsx';
import type { ResponsibilitySearch } from '../search.ts';
import { responsibilitiesQuery } from './responsibility-queries.ts';
import { TEXT } from './text.ts';

const KINDS: readonly PlatformKind[] = ['district', 'industry', 'scenario', 'lingang'];

/** The platforms that must name six roles each, as a table of platforms and roles. */
export function Leaders({ search }: { readonly search: ResponsibilitySearch }): ReactElement | null {
  const district = useInfiniteQuery(responsibilitiesQuery('district', search));
  const industry = useInfiniteQuery(responsibilitiesQuery('industry', search));
  const scenario = useInfiniteQuery(responsibilitiesQuery('scenario', search));
  const lingang = useInfiniteQuery(responsibilitiesQuery('lingang', search));
  const queries = [district, industry, scenario, lingang];
  const failed = queries.find(({ error }) => error);
  if (failed?.error) return <Failure error={failed.error} retry={() => void failed.refetch()} />;
  if (queries.some(({ isPending }) => isPending)) return <Loading rows={8} />;
  const groups = queries.map((query, i) => ({
    kind: KINDS[i] ?? 'district',
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
  }));
  const all = groups.flatMap(({ items }) => items);
  if (all.length === 0) {
    // Below a town there are none of these: only a whole answer is worth a word.
    return search.gaps && search.under === undefined ? (
      <Empty title={TEXT.whole} hint={TEXT.wholeHint} />
    ) : null;
  }
  return (
    <section className="role-section" aria-label={TEXT.leaders}>
      <h2>{TEXT.leaders}</h2>
      <Matrix groups={groups.filter(({ items }) => items.length > 0)} />
    </section>
  );
}

interface MatrixProps {
  readonly groups: readonly { readonly kind: PlatformKind; readonly items: readonly Responsibility[] }[];
}

function Matrix({ groups }: MatrixProps): ReactElement {
  const names = new Map(
    groups.flatMap(({ items }) =>
      items.flatMap(({ roles }) => roles.map(({ role, roleName }) => [role, roleName] as const)),
    ),
  );
  const columns = [...names];
  return (
    <div className="rows-frame">
      <table className="rows rows-cards role-matrix">
        <thead>
          <tr>
            <th scope="col">{TEXT.platform}</th>
            {columns.map(([role, name]) => (
              <th key={role} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(({ kind, items }) => (
          <tbody key={kind}>
            <tr className="role-kind">
              <th scope="rowgroup" colSpan={columns.length + 1}>
                {KIND_TEXT[kind]}
              </th>
            </tr>
            {items.map(({ platform, roles }) => (
              <tr key={platform.code}>
                <th scope="row">
                  <Link to="/platforms/$code" params={{ code: platform.code }} className="row-link">
                    {platform.name}
                  </Link>
                </th>
                {columns.map(([role, name]) => {
                  const cell = roles.find((one) => one.role === role);
                  return (
                    <td key={role} data-label={name} title={cell?.basis}>
                      {cell ? <RoleState role={cell} /> : <span className="quiet">{TEXT.notRequired}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
