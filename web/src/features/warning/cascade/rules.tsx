import { cascadeRoutes, type RuleRecord } from '#contract/warning';
import { DEPENDENCY_TEXT, LEVEL_TEXT, LONGEST_LEAD_MINUTES } from '#model/warning';
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Modal, Switch } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from '../../../app/call.ts';
import { formatShare } from '../../../app/format.ts';
import { RowsTable } from '../../../ui/rows-table.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Failure, Resource } from '../../../ui/states.tsx';
import { rulesQuery, useAct } from './queries.ts';
import { EDGE_TEXT, RULE_TEXT } from './text.ts';

/** 连带规则: what brings what about, how soon, and how often that came true. */
export function Rules(): ReactElement {
  const query = useQuery(rulesQuery);
  const [edited, setEdited] = useState<RuleRecord>();
  return (
    <>
      <p className="quiet">{RULE_TEXT.intro}</p>
      <Resource query={query} rows={10}>
        {({ items }) => (
          <section className="panel">
            <RowsTable columns={RULE_TEXT.columns} label={EDGE_TEXT.kind}>
              {items.map((record) => (
                <RuleRow key={record.rule.code} record={record} onEdit={() => setEdited(record)} />
              ))}
            </RowsTable>
          </section>
        )}
      </Resource>
      {edited && <RuleDialog record={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}

interface RuleRowProps {
  readonly record: RuleRecord;
  readonly onEdit: () => void;
}

function RuleRow({ record, onEdit }: RuleRowProps): ReactElement {
  const { rule, inForce, leadMinutes, hitRate, outcomes, meanMinutes, allowedActions } = record;
  const [name, cause, reach, lead, hits] = RULE_TEXT.columns;
  return (
    <tr>
      <td data-label={name}>
        {rule.name} {!inForce && <StateTag tone="quiet">{RULE_TEXT.off}</StateTag>}
        <div className="quiet">{rule.reason}</div>
      </td>
      <td data-label={cause}>
        {rule.when.items?.join('、') ?? RULE_TEXT.any} {RULE_TEXT.level(LEVEL_TEXT[rule.when.level])}
        {rule.when.faults && <div className="quiet">{RULE_TEXT.fault}</div>}
      </td>
      <td data-label={reach}>
        {reachText(rule)}
        {rule.suppresses && <div className="quiet">{RULE_TEXT.suppresses}</div>}
      </td>
      <td data-label={lead} className="nowrap figures">
        {EDGE_TEXT.minutes(leadMinutes ?? rule.leadMinutes)}
      </td>
      <td data-label={hits} className="figures">
        {hitRate === null ? (
          <span className="quiet">{RULE_TEXT.unjudged}</span>
        ) : (
          <>
            {formatShare(hitRate)}{' '}
            <span className="quiet">
              {RULE_TEXT.hits(outcomes['came-true'], outcomes['came-true'] + outcomes['did-not'])}
              {meanMinutes !== null && `，${RULE_TEXT.mean(meanMinutes)}`}
            </span>
          </>
        )}
      </td>
      <td>
        {allowedActions.includes('edit') && (
          <Button size="small" aria-label={`${RULE_TEXT.edit} ${rule.name}`} onClick={onEdit}>
            {RULE_TEXT.edit}
          </Button>
        )}
      </td>
    </tr>
  );
}

function reachText({ reaches: { within, what } }: RuleRecord['rule']): string {
  if ('radiusMeters' in within) return `${RULE_TEXT.radius(String(within.radiusMeters / 1000))}${what}`;
  if ('sameTown' in within) return `${RULE_TEXT.town}${what}`;
  return `${RULE_TEXT.along(within.along.map((kind) => DEPENDENCY_TEXT[kind]).join('、'))}${what}`;
}

interface RuleDialogProps {
  readonly record: RuleRecord;
  readonly onClose: () => void;
}

function RuleDialog({ record, onClose }: RuleDialogProps): ReactElement {
  const id = useId();
  const { rule, version } = record;
  const [inForce, setInForce] = useState(record.inForce);
  const [leadMinutes, setLead] = useState(record.leadMinutes);
  const save = useAct(
    () =>
      call(cascadeRoutes.updateDependencyRule, {
        params: { code: rule.code },
        body: { inForce, leadMinutes, version },
      }),
    onClose,
  );
  return (
    <Modal
      open
      title={rule.name}
      okText={RULE_TEXT.save}
      cancelText={RULE_TEXT.cancel}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => save.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="cascade-form">
        <label htmlFor={`${id}-on`}>{RULE_TEXT.inForce}</label>
        <span>
          <Switch id={`${id}-on`} checked={inForce} onChange={setInForce} />
        </span>
        <label htmlFor={`${id}-lead`}>{RULE_TEXT.lead}</label>
        <InputNumber
          id={`${id}-lead`}
          min={0}
          max={LONGEST_LEAD_MINUTES}
          placeholder={RULE_TEXT.shipped(rule.leadMinutes)}
          value={leadMinutes}
          onChange={setLead}
        />
        {save.error && <Failure error={save.error} />}
      </div>
    </Modal>
  );
}
