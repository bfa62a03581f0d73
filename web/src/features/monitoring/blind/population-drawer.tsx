import type { Population } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatNumber } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { Resource } from '../../../ui/states.tsx';
import { PopulationForm } from './population-form.tsx';
import { populationsQuery, townsQuery } from './queries.ts';
import { BLIND_TEXT } from './text.ts';

interface Town {
  readonly code: string;
  readonly name: string;
}

/** Who lives and works in the towns, as it was told; nothing is made up where nobody has told it. */
export function PopulationDrawer({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size="min(860px, 100vw)"
      title={BLIND_TEXT.population}
      destroyOnHidden
    >
      {open && <Towns />}
    </Drawer>
  );
}

function Towns(): ReactElement {
  const towns = useQuery(townsQuery);
  const populations = useQuery(populationsQuery);
  const mayFill = useCan('object.manage');
  const [filling, setFilling] = useState<Town>();
  const held = new Map((populations.data?.items ?? []).map((one) => [one.town, one]));
  return (
    <div className="blind-detail">
      <p className="quiet">{BLIND_TEXT.populationHint}</p>
      {mayFill && (
        <p>
          <Link to="/platforms/import" search={{ kind: 'population' }}>
            {BLIND_TEXT.import}
          </Link>
        </p>
      )}
      <Resource query={populations}>
        {() => (
          <Resource query={towns}>
            {({ items }) => (
              <RowsTable columns={BLIND_TEXT.populationColumns} label={BLIND_TEXT.population}>
                {items.map((town) => (
                  <TownRow
                    key={town.code}
                    town={town}
                    held={held.get(town.code)}
                    onFill={mayFill ? () => setFilling(town) : undefined}
                  />
                ))}
              </RowsTable>
            )}
          </Resource>
        )}
      </Resource>
      {filling && (
        <PopulationForm town={filling} held={held.get(filling.code)} onClose={() => setFilling(undefined)} />
      )}
    </div>
  );
}

interface TownRowProps {
  readonly town: Town;
  readonly held: Population | undefined;
  readonly onFill: (() => void) | undefined;
}

function TownRow({ town, held, onFill }: TownRowProps): ReactElement {
  const [, residents, workers, source, asOf] = BLIND_TEXT.populationColumns;
  const mayFill = onFill !== undefined && (held === undefined || held.allowedActions.length > 0);
  return (
    <tr>
      <th scope="row">{town.name}</th>
      <td data-label={residents} className="figures">
        {held ? formatNumber(held.residents) : <span className="quiet">{BLIND_TEXT.untold}</span>}
      </td>
      <td data-label={workers} className="figures">
        {held?.workers == null ? BLIND_TEXT.dash : formatNumber(held.workers)}
      </td>
      <td data-label={source}>{held?.source ?? BLIND_TEXT.dash}</td>
      <td data-label={asOf} className="nowrap figures">
        {held?.asOf ?? BLIND_TEXT.dash}
      </td>
      <td>
        {mayFill && (
          <Button size="small" onClick={onFill} aria-label={BLIND_TEXT.fillTitle(town.name)}>
            {held ? BLIND_TEXT.edit : BLIND_TEXT.fill}
          </Button>
        )}
      </td>
    </tr>
  );
}
