import { incidentReportRoutes } from '#contract/command';
import type { IncidentDetail } from '#contract/response';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../app/call.ts';
import { useCan } from '../../app/session.ts';
import { ReasonForm } from '../reason-form.tsx';
import { StateTag } from '../state-tag.tsx';

const TEXT = {
  title: '信息报送',
  gather: '合并报送',
  gatherHint:
    '本事件报一份，代替各张工单的报送：工单未到期的报送义务转到这一份，时限取最早的；已经超时的仍记在原工单上。以后纳入的工单随之并入，移出的各报各的。',
  reason: '理由',
  each: '现在每张工单各报各的。',
  covers: (n: number) => `代替 ${n} 张工单的报送`,
  open: '报送、查看',
  over: '已结束',
  running: '报送中',
} as const;

/** One report for all orders of an incident, or the way to it for whoever keeps the duty. */
export function IncidentReports({ incident }: { readonly incident: IncidentDetail }): ReactElement | null {
  const [mayRead, mayKeep] = [useCan('duty.read'), useCan('duty.keep')];
  const query = useQuery({
    queryKey: ['command', 'reports', 'of-incident', incident.id],
    queryFn: ({ signal }) =>
      call(incidentReportRoutes.listReportMatters, { query: { incident: incident.id, limit: 1 }, signal }),
    enabled: mayRead,
  });
  if (query.data === undefined) return null;
  const [matter] = query.data.items;
  const mayGather = mayKeep && incident.state === 'open' && incident.replaySession === null;
  if (matter === undefined && !mayGather) return null;
  return (
    <section className="panel" aria-label={TEXT.title}>
      <div className="panel-head">
        <h2>{TEXT.title}</h2>
        {matter === undefined ? (
          <GatherButton incident={incident.id} />
        ) : (
          <StateTag tone={matter.closedAt === null ? 'active' : 'done'}>
            {matter.closedAt === null ? TEXT.running : TEXT.over}
          </StateTag>
        )}
      </div>
      {matter === undefined ? (
        <p className="quiet panel-body">{TEXT.each}</p>
      ) : (
        <p className="panel-body">
          {matter.platform.name} · {TEXT.covers(matter.covers)} ·{' '}
          <Link to="/command/reports/$id" params={{ id: String(matter.id) }}>
            {TEXT.open}
          </Link>
        </p>
      )}
    </section>
  );
}

function GatherButton({ incident }: { readonly incident: number }): ReactElement {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const gather = useMutation({
    mutationFn: (reason: string) => call(incidentReportRoutes.gatherReports, { body: { incident, reason } }),
    onSuccess: () => {
      setOpen(false);
      void client.invalidateQueries({ queryKey: ['command', 'reports'] });
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{TEXT.gather}</Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={TEXT.gather}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        <ReasonForm
          send={TEXT.gather}
          label={TEXT.reason}
          pending={gather.isPending}
          error={gather.error}
          onSend={(reason) => gather.mutate(reason)}
        >
          <p className="quiet">{TEXT.gatherHint}</p>
        </ReasonForm>
      </Drawer>
    </>
  );
}
