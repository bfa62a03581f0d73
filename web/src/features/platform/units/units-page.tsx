import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { organisationRoutes, type Unit, type UnitKind } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { call } from '../../../app/call.ts';
import { formatNumber } from '../../../app/format.ts';
import { useCan } from '../../../app/session.ts';
import { Choice } from '../../../ui/choice.tsx';
import { CardsTable } from '../../../ui/cards-table.tsx';
import { PlatformChoice } from '../choices.tsx';
import { ExportMenu } from '../export-menu.tsx';
import { Frame } from '../frame.tsx';
import { RevealPhone } from '../reveal-phone.tsx';
import { FORM_TEXT, NONE, NOT_TOLD } from '../text.ts';
import { TEXT, UNIT_KIND_ORDER, UNIT_KIND_TEXT } from './text.ts';
import { UnitDrawer } from './unit-drawer.tsx';
import { unitsQuery } from './unit-queries.ts';

/** 责任单位: who answers, owns, runs, maintains. */
export function UnitsPage(): ReactElement {
  const navigate = useNavigate();
  const mayManage = useCan('object.manage');
  const [text, setText] = useState('');
  const [kind, setKind] = useState<UnitKind>();
  const [platform, setPlatform] = useState<string>();
  const [editing, setEditing] = useState<Unit | 'new'>();
  const search = useDeferredValue(text.trim());
  const query = useInfiniteQuery(unitsQuery({ search, kind, platform }));
  const filtered = search !== '' || kind !== undefined || platform !== undefined;
  return (
    <Frame
      title={TEXT.title}
      hint={TEXT.hint}
      extra={
        <>
          {mayManage && (
            <>
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
                {TEXT.create}
              </Button>
              <Button
                icon={<UploadOutlined />}
                onClick={() => void navigate({ to: '/platforms/import', search: { kind: 'units' } })}
              >
                {TEXT.import}
              </Button>
            </>
          )}
          <ExportMenu kind="units" />
        </>
      }
    >
      <div className="filters" role="search">
        <Input.Search
          className="org-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={TEXT.search}
          aria-label={TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
        <Choice
          label={TEXT.kind}
          values={UNIT_KIND_ORDER}
          textOf={(one) => UNIT_KIND_TEXT[one]}
          value={kind}
          onChange={setKind}
        />
        <PlatformChoice label={TEXT.platform} clearable value={platform} onChange={setPlatform} />
      </div>
      <CardsTable
        query={query}
        columns={TEXT.columns}
        empty={filtered ? { title: TEXT.notFound } : { title: TEXT.none, hint: TEXT.noneHint }}
      >
        {(unit) => <UnitRow key={unit.id} unit={unit} onEdit={() => setEditing(unit)} />}
      </CardsTable>
      <UnitDrawer
        open={editing !== undefined}
        unit={editing === 'new' ? undefined : editing}
        onClose={() => setEditing(undefined)}
      />
    </Frame>
  );
}

function UnitRow({ unit, onEdit }: { readonly unit: Unit; readonly onEdit: () => void }): ReactElement {
  const [name, kind, platform, contact, phone, objects] = TEXT.columns;
  return (
    <tr>
      <td data-label={name}>
        <strong>{unit.name}</strong>
        <small className="org-code quiet row-code">{unit.code}</small>
      </td>
      <td data-label={kind}>{UNIT_KIND_TEXT[unit.kind]}</td>
      <td data-label={platform}>
        <Link to="/platforms/$code" params={{ code: unit.platform }}>
          {unit.platformName}
        </Link>
      </td>
      <td data-label={contact}>{unit.contact ?? <span className="quiet">{NOT_TOLD}</span>}</td>
      <td data-label={phone}>
        <RevealPhone
          masked={unit.phoneMasked}
          who={unit.name}
          reveal={
            unit.allowedActions.includes('reveal')
              ? (reason) =>
                  call(organisationRoutes.revealUnitPhone, { params: { id: unit.id }, body: { reason } })
              : undefined
          }
        />
      </td>
      <td data-label={objects} className="figures">
        {unit.objects === 0 ? (
          NONE
        ) : (
          <Link to="/platforms/objects" search={{ unit: unit.code }}>
            {TEXT.objects(formatNumber(unit.objects))}
          </Link>
        )}
      </td>
      <td>
        {unit.allowedActions.includes('edit') && (
          <Button size="small" aria-label={`${FORM_TEXT.edit}${unit.name}`} onClick={onEdit}>
            {FORM_TEXT.edit}
          </Button>
        )}
      </td>
    </tr>
  );
}
