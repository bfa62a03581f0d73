import './cascade.css';

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { Resource } from '../../../ui/states.tsx';
import { CascadeBody } from './cascade-body.tsx';
import { CascadeFigures } from './cascade-card.tsx';
import { cascadesOfWarningQuery } from './queries.ts';
import { CASCADE_TEXT } from './text.ts';

/** On the page of a warning: what brought it about, and what it will reach. */
export function CascadePanel({ warning }: { readonly warning: number }): ReactElement {
  const query = useQuery(cascadesOfWarningQuery(warning));
  return (
    <section className="panel cascade-panel">
      <h2>{CASCADE_TEXT.panel}</h2>
      <div className="panel-body">
        <Resource query={query} rows={2}>
          {({ items }) => {
            const own = items.find(({ cause }) => cause.kind === 'warning' && cause.id === warning);
            return (
              <>
                {items
                  .filter((one) => one !== own)
                  .map(({ id, title, cause }) => (
                    <p key={id}>
                      {CASCADE_TEXT.causedBy}：
                      {cause.kind === 'warning' ? (
                        <Link to="/warnings/$id" params={{ id: String(cause.id) }}>
                          {title}
                        </Link>
                      ) : (
                        title
                      )}
                    </p>
                  ))}
                {own ? (
                  <>
                    <CascadeFigures cascade={own} />
                    <CascadeBody id={own.id} />
                  </>
                ) : (
                  <p className="quiet">{CASCADE_TEXT.panelNone}</p>
                )}
              </>
            );
          }}
        </Resource>
      </div>
    </section>
  );
}
