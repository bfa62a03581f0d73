import { incidentReportRoutes, type ReportRuleRecord } from '#contract/command';
import {
  REPORT_CHANNEL_TEXT,
  REPORT_RECIPIENT_TEXT,
  REPORT_SENDER_TEXT,
  REPORT_TRIGGER_TEXT,
} from '#model/command';
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Switch } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatMinutes } from '../../../app/format.ts';
import { Failure, Resource } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { useAct } from '../use-act.ts';
import { rulesQuery } from './queries.ts';
import { REPORT_TEXT } from './text.ts';

/** 报送规则 with where each comes from; the district sets the limits. */
export function RuleList(): ReactElement {
  const query = useQuery(rulesQuery);
  return (
    <Resource query={query}>
      {({ items }) => (
        <ul className="panel report-duties">
          {items.map((record) => (
            <RuleRow key={`${record.rule.code} ${record.version}`} record={record} />
          ))}
        </ul>
      )}
    </Resource>
  );
}

function RuleRow({ record }: { readonly record: ReportRuleRecord }): ReactElement {
  const [editing, setEditing] = useState(false);
  const { rule, inForce } = record;
  return (
    <li className="report-duty" data-row={rule.code}>
      <div className="report-duty-head">
        <strong>{rule.name}</strong>
        <StateTag tone={inForce ? 'active' : 'quiet'}>
          {inForce ? REPORT_TEXT.inForce : REPORT_TEXT.off}
        </StateTag>
        <StateTag tone={rule.basis.verified ? 'done' : 'waiting'}>
          {rule.basis.verified ? REPORT_TEXT.verified : REPORT_TEXT.unverified}
        </StateTag>
        {record.editedBy !== null && <span className="quiet">{REPORT_TEXT.editedBy(record.editedBy)}</span>}
      </div>
      <span>{ruleText(record)}</span>
      <span className="quiet">
        {[rule.basis.document, rule.basis.clause, rule.basis.note]
          .filter((part) => part !== undefined)
          .join('；')}
      </span>
      {record.allowedActions.includes('edit') && !editing && (
        <Button className="report-do" onClick={() => setEditing(true)}>
          {REPORT_TEXT.change}
        </Button>
      )}
      {editing && <RuleForm record={record} onClose={() => setEditing(false)} />}
    </li>
  );
}

function ruleText({ rule, withinMinutes, repeatMinutes, finalMinutes }: ReportRuleRecord): string {
  const triggers = rule.triggers.map((trigger) => REPORT_TRIGGER_TEXT[trigger]).join('、');
  const repeat = repeatMinutes ?? rule.repeatMinutes;
  const last = finalMinutes ?? rule.finalMinutes;
  return [
    `${triggers}：${REPORT_SENDER_TEXT[rule.from]} ${REPORT_CHANNEL_TEXT[rule.channel]}报${REPORT_RECIPIENT_TEXT[rule.to]}`,
    `${formatMinutes(withinMinutes ?? rule.withinMinutes)}内`,
    ...(repeat === undefined ? [] : [`续报每 ${formatMinutes(repeat)}`]),
    ...(last === undefined ? [] : [`结束后 ${formatMinutes(last)}内终报`]),
  ].join('，');
}

interface RuleFormProps {
  readonly record: ReportRuleRecord;
  readonly onClose: () => void;
}

function RuleForm({ record, onClose }: RuleFormProps): ReactElement {
  const { rule, version } = record;
  const [inForce, setInForce] = useState(record.inForce);
  const [within, setWithin] = useState(record.withinMinutes);
  const [repeat, setRepeat] = useState(record.repeatMinutes);
  const [last, setLast] = useState(record.finalMinutes);
  const save = useAct(incidentReportRoutes.updateReportRule, onClose);
  const limits = [
    { text: REPORT_TEXT.within, value: within, set: setWithin, shipped: rule.withinMinutes },
    { text: REPORT_TEXT.repeat, value: repeat, set: setRepeat, shipped: rule.repeatMinutes },
    { text: REPORT_TEXT.finalWithin, value: last, set: setLast, shipped: rule.finalMinutes },
  ];
  return (
    <div className="report-limits">
      <Switch aria-label={REPORT_TEXT.inForce} checked={inForce} onChange={setInForce} />
      {limits.map(({ text, value, set, shipped }) =>
        shipped === undefined ? null : (
          <InputNumber
            key={text}
            aria-label={text}
            prefix={text}
            placeholder={REPORT_TEXT.shipped(shipped)}
            min={1}
            precision={0}
            value={value}
            onChange={set}
          />
        ),
      )}
      {save.error && <Failure error={save.error} />}
      <Button
        type="primary"
        loading={save.isPending}
        onClick={() =>
          save.mutate({
            params: { code: rule.code },
            body: { inForce, withinMinutes: within, repeatMinutes: repeat, finalMinutes: last, version },
          })
        }
      >
        {REPORT_TEXT.save}
      </Button>
      <Button onClick={onClose}>{REPORT_TEXT.cancel}</Button>
    </div>
  );
}
