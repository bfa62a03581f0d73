import type { MonitoredObject } from '#contract/platform';
import { objectRoutes } from '#contract/platform';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { formatDateTime, formatValue } from '../../../app/format.ts';
import { Failure } from '../../../ui/states.tsx';
import { childrenQuery } from '../tree/tree-queries.ts';
import { FORM_TEXT, NONE, NOT_TOLD } from '../text.ts';
import { useNames } from '../use-names.ts';
import { ObjectLinks } from './object-links.tsx';
import { objectQuery } from './object-queries.ts';
import { ObjectTags } from './object-tags.tsx';
import { parametersQuery } from './parameter-fields.tsx';
import { RetireDialog } from './retire-dialog.tsx';
import { DRAWER, FACTS } from './text.ts';

interface ObjectFactsProps {
  readonly object: MonitoredObject;
  readonly onEdit: () => void;
}

/** Everything held about one object, and what may be done to it. */
export function ObjectFacts({ object, onEdit }: ObjectFactsProps): ReactElement {
  const names = useNames();
  const villages = useQuery(
    childrenQuery(object.town ?? '', object.town !== null && object.village !== null),
  );
  const village = villages.data?.items.find(({ code }) => code === object.village)?.name ?? object.village;
  return (
    <>
      <ObjectTags object={object} />
      <dl className="facts object-facts">
        <dt>{FACTS.code}</dt>
        <dd className="org-code">{object.code}</dd>
        <dt>{FACTS.scenarios}</dt>
        <dd>{names.scenarios(object.scenarios)}</dd>
        <dt>{FACTS.town}</dt>
        <dd>
          <PlaceLink code={object.town} name={names.town(object.town)} />
        </dd>
        <dt>{FACTS.village}</dt>
        <dd>
          <PlaceLink code={object.village} name={village ?? NONE} />
        </dd>
        <dt>{FACTS.position}</dt>
        <dd className="figures">
          {object.lat.toFixed(6)}, {object.lon.toFixed(6)} <small className="quiet">{FACTS.wgs84}</small>
        </dd>
        <dt>{FACTS.address}</dt>
        <dd>{object.address ?? <span className="quiet">{NOT_TOLD}</span>}</dd>
        <Parties object={object} />
        <Parameters object={object} />
        {object.retiredAt !== null && (
          <>
            <dt>{FACTS.retiredAt}</dt>
            <dd className="figures">{formatDateTime(object.retiredAt)}</dd>
          </>
        )}
      </dl>
      <ObjectLinks object={object} />
      <Acts object={object} onEdit={onEdit} />
    </>
  );
}

function Parties({ object }: { readonly object: MonitoredObject }): ReactElement {
  return (
    <>
      {(['owner', 'operator', 'maintainer'] as const).map((role) => {
        const party = object[role];
        return [
          <dt key={`${role}-name`}>{FACTS[role]}</dt>,
          <dd key={role} title={party && party.unit === null ? FACTS.freeName : undefined}>
            {party === null && <span className="quiet">{NOT_TOLD}</span>}
            {party !== null && party.unit === null && party.name}
            {party !== null && party.unit !== null && (
              <Link to="/platforms/objects" search={{ unit: party.unit }}>
                {party.name}
              </Link>
            )}
          </dd>,
        ];
      })}
    </>
  );
}

/** Only those that are set: what is missing is told where signs are switched off. */
function Parameters({ object }: { readonly object: MonitoredObject }): ReactElement | null {
  const known = useQuery(parametersQuery);
  const entries = Object.entries(object.parameters);
  if (entries.length === 0) return null;
  return (
    <>
      <dt>{FACTS.parameters}</dt>
      <dd>
        {entries.map(([code, value]) => {
          const parameter = known.data?.items.find((one) => one.code === code);
          return (
            <div key={code}>
              {parameter?.name ?? code} {formatValue(value, parameter?.unit ?? '')}
            </div>
          );
        })}
      </dd>
    </>
  );
}

function PlaceLink({ code, name }: { readonly code: string | null; readonly name: string }): ReactElement {
  if (code === null) return <span className="quiet">{NONE}</span>;
  return (
    <Link to="/platforms/$code" params={{ code }}>
      {name}
    </Link>
  );
}

/** Correct, retire, take into use again: what the record allows. */
function Acts({ object, onEdit }: ObjectFactsProps): ReactElement {
  const [retiring, setRetiring] = useState(false);
  const client = useQueryClient();
  const restoring = useMutation({
    mutationFn: () =>
      call(objectRoutes.updateObject, {
        params: { id: object.id },
        body: { version: object.version, retired: false },
      }),
    onSuccess: async (saved) => {
      client.setQueryData(objectQuery(object.id).queryKey, saved);
      await client.invalidateQueries({ queryKey: ['platform', 'objects', 'list'] });
    },
  });
  const may = (action: MonitoredObject['allowedActions'][number]): boolean =>
    object.allowedActions.includes(action);
  return (
    <>
      {restoring.error && <Failure error={restoring.error} />}
      <div className="org-form-acts">
        <Link to="/standard/own-limits/$id" params={{ id: String(object.id) }} className="button-link">
          {FACTS.signs}
        </Link>
        {may('edit') && (
          <Button type="primary" onClick={onEdit}>
            {FORM_TEXT.edit}
          </Button>
        )}
        {may('restore') && (
          <Button loading={restoring.isPending} onClick={() => restoring.mutate()}>
            {DRAWER.restore}
          </Button>
        )}
        {may('retire') && <Button onClick={() => setRetiring(true)}>{DRAWER.retire}</Button>}
      </div>
      {retiring && <RetireDialog object={object} onClose={() => setRetiring(false)} />}
    </>
  );
}
