import { AppError } from '#base';
import type { incidentReportRoutes } from '#contract/command';
import type { ReportRecipient } from '#model/command';
import type { z } from 'zod';

import type { DutyPlatform } from '../find-platform.ts';
import type { MatterRow } from './matter-view.ts';

type Body = z.output<typeof incidentReportRoutes.submitReport.body>;

interface Asked {
  readonly matter: MatterRow;
  readonly platform: DutyPlatform;
  readonly body: Body;
  readonly now: number;
}

/** To whom a platform reports; the district alone speaks to leaders and to the city. */
const RECIPIENTS: Readonly<Record<'district' | 'other', readonly ReportRecipient[]>> = {
  district: ['leader', 'executive', 'city', 'authority'],
  other: ['district', 'authority'],
};
/** The clock of a phone may be ahead by so much. */
const CLOCK_MS = 120_000;

type Check = (asked: Asked) => string | undefined;

const CHECKS: readonly Check[] = [
  ({ platform, body }) => {
    const allowed = RECIPIENTS[platform.kind === 'district' ? 'district' : 'other'];
    return allowed.includes(body.recipient)
      ? undefined
      : '街镇和部门报区总平台值班或主管部门，区领导和市由区总平台报';
  },
  ({ body }) =>
    body.channel === 'platform' && body.recipient !== 'district'
      ? '对方不在平台上，只能电话或书面报送'
      : undefined,
  ({ matter, body }) =>
    (matter.replaySession !== null || matter.simulated) && body.recipient !== 'district'
      ? '回放和模拟的事项不报给外部'
      : undefined,
  ({ body }) =>
    (body.channel === 'phone') === (body.call !== undefined) ? undefined : '电话报送须记下通话，其他方式不记',
  ({ body }) => (body.call?.outcome === 'reached' && body.call.takenBy === '' ? '请写明接报人' : undefined),
  ({ matter, body, now }) =>
    body.call !== undefined && (body.call.at > now + CLOCK_MS || body.call.at < matter.knownAt)
      ? '通话时间须在得知之后、现在之前'
      : undefined,
  ({ matter, body }) => (body.eventAt > matter.knownAt ? '发生时间不能晚于得知时间' : undefined),
  ({ matter, body }) =>
    body.final && (matter.order !== null || matter.incident !== null) && matter.closedAt === null
      ? `${matter.order === null ? '事件' : '工单'}还没有结案，不能终报；请先续报`
      : undefined,
];

/** Throws `incident-report.refused` with the first rule that a report breaks. */
export function refuseReport(asked: Asked): void {
  for (const check of CHECKS) {
    const reason = check(asked);
    if (reason !== undefined) throw new AppError('incident-report.refused', { reason });
  }
}
