import type { NuisanceRow } from '#contract/warning';
import { CHATTER, FLEETING_SECONDS, type Nuisance, NUISANCE_TEXT, NUISANCES } from '#model/warning';
import { WORK_ORDER_STATE_TEXT } from '#model/response';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, InputNumber, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDuration, formatNumber } from '../../../app/format.ts';
import { LevelTag } from '../../../ui/level-tag.tsx';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { OrderStateTag, StateTag, WarningStateTag } from '../../../ui/state-tag.tsx';
import { Empty, Resource } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { type ActorKey, type Looked, nuisancesQuery, type NuisanceSettings } from './queries.ts';
import { PERFORMANCE_TEXT as T } from './text.ts';

interface NuisancesProps {
  readonly looked: Looked;
  readonly onChoose: (actor: ActorKey) => void;
}

/** 抖动, 瞬时, 常驻: alarms that are wrong in themselves, the worst first. */
export function Nuisances({ looked, onChoose }: NuisancesProps): ReactElement {
  const [kind, setKind] = useState<Nuisance>('chattering');
  const [settings, setSettings] = useState<NuisanceSettings>({
    times: CHATTER.times,
    within: CHATTER.seconds,
    fleeting: FLEETING_SECONDS,
  });
  const query = useQuery(nuisancesQuery(looked, kind, settings));
  const { times, within, fleeting } = settings;
  return (
    <section className="panel" aria-label={T.lists}>
      <div className="panel-head">
        <h2>{T.lists}</h2>
        <span className="filters">
          <Segmented
            aria-label={T.listOf}
            value={kind}
            options={NUISANCES.map((one) => ({ value: one, label: NUISANCE_TEXT[one] }))}
            onChange={setKind}
          />
          <Settings
            kind={kind}
            settings={settings}
            onChange={(next) => setSettings({ ...settings, ...next })}
          />
        </span>
      </div>
      <p className="quiet performance-note">{T.listHint[kind](times, within, fleeting)}</p>
      <Resource query={query}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty title={T.noneListed[kind]} />
          ) : (
            <>
              <RowsTable columns={T.columns} label={NUISANCE_TEXT[kind]}>
                {items.map((one) => (
                  <NuisanceLine
                    key={`${one.point.id} ${one.sign.code} ${one.since}`}
                    kind={kind}
                    row={one}
                    onChoose={onChoose}
                  />
                ))}
              </RowsTable>
              {total > items.length && (
                <p className="quiet performance-note">{T.more(items.length, total)}</p>
              )}
            </>
          )
        }
      </Resource>
    </section>
  );
}

interface SettingsProps {
  readonly kind: Nuisance;
  readonly settings: NuisanceSettings;
  readonly onChange: (next: Partial<NuisanceSettings>) => void;
}

const MOST_SECONDS = 3600;

/** What counts as chattering, or as back at once. */
function Settings({ kind, settings, onChange }: SettingsProps): ReactElement | null {
  if (kind === 'stale') return null;
  if (kind === 'fleeting')
    return (
      <InputNumber
        aria-label={T.fleetingLabel}
        min={1}
        max={MOST_SECONDS}
        value={settings.fleeting}
        suffix={T.fleeting}
        onChange={(fleeting) => fleeting !== null && onChange({ fleeting })}
      />
    );
  return (
    <>
      <InputNumber
        aria-label={T.withinLabel}
        min={1}
        max={MOST_SECONDS}
        value={settings.within}
        suffix={T.within}
        onChange={(within) => within !== null && onChange({ within })}
      />
      <InputNumber
        aria-label={T.timesLabel}
        min={2}
        max={50}
        value={settings.times}
        suffix={T.times}
        onChange={(times) => times !== null && onChange({ times })}
      />
    </>
  );
}

interface NuisanceLineProps {
  readonly kind: Nuisance;
  readonly row: NuisanceRow;
  readonly onChoose: (actor: ActorKey) => void;
}

function NuisanceLine({ kind, row: one, onChoose }: NuisanceLineProps): ReactElement {
  const [what, level, times, since, lasted, warning] = T.columns;
  return (
    <tr>
      <td data-label={what}>
        {one.object.name} · {one.sign.name}
        <small className="quiet row-item">{one.point.code}</small>
      </td>
      <td data-label={level}>
        <LevelTag level={one.level} />
      </td>
      <td data-label={times} className="figures">
        {T.counted[kind](one.count, one.alarms)}
      </td>
      <td data-label={since} className="nowrap">
        <TimeText at={one.since} />
        {one.standing && (
          <small className="row-item">
            <StateTag tone="late">{T.stands}</StateTag>
          </small>
        )}
      </td>
      <td data-label={lasted} className="figures nowrap">
        {formatDuration(one.lastedMs)}
      </td>
      <td data-label={warning}>
        <Standing row={one} />
      </td>
      <td className="cell-act">
        <Button
          size="small"
          aria-label={T.lookFor(one.object.name, one.sign.name)}
          onClick={() => onChoose({ point: one.point.code, sign: one.sign.code })}
        >
          {T.look}
        </Button>
      </td>
    </tr>
  );
}

function Standing({ row: { warning, order } }: { readonly row: NuisanceRow }): ReactElement {
  if (!warning) return <span className="quiet">{T.noWarning}</span>;
  return (
    <span className="tags">
      <Link to="/warnings/$id" params={{ id: String(warning.id) }}>
        {T.warning} {formatNumber(warning.id)}
      </Link>
      <WarningStateTag state={warning.state} />
      {order && (
        <>
          <Link to="/orders/$id" params={{ id: String(order.id) }}>
            {order.code}
          </Link>
          <OrderStateTag state={order.state} text={WORK_ORDER_STATE_TEXT[order.state]} />
        </>
      )}
    </span>
  );
}
