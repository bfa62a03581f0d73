import { type OrderLink, orderLinkRoutes, type WorkOrderDetail } from '#contract/response';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Popconfirm } from 'antd';
import { type ReactElement, useState } from 'react';

import { call } from '../../../app/call.ts';
import { formatDateTime } from '../../../app/format.ts';
import { Failure, Resource } from '../../../ui/states.tsx';
import { LinkForm } from './link-form.tsx';
import { LINK_STATE_TEXT, LINK_TEXT } from './text.ts';

const ENDED: ReadonlySet<OrderLink['state']> = new Set(['ended', 'expired']);

/** The one-time links of an order. Nothing for who may make none where none was made. */
export function OrderLinks({ order }: { readonly order: WorkOrderDetail }): ReactElement | null {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  // Beneath the order's own key: what is told of the order asks this anew, too.
  const queryKey = ['response', 'detail', order.id, 'links'];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(orderLinkRoutes.listOrderLinks, { params: { id: order.id }, signal }),
  });
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['response', 'detail', order.id] });
  const end = useMutation({
    mutationFn: (id: number) => call(orderLinkRoutes.endOrderLink, { params: { id } }),
    onSuccess: refresh,
  });
  const shown = query.data;
  if (shown !== undefined && !shown.mayIssue && shown.items.length === 0) return null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{LINK_TEXT.links}</h2>
        {shown?.mayIssue === true && <Button onClick={() => setOpen(true)}>{LINK_TEXT.open}</Button>}
      </div>
      <div className="panel-body">
        <Resource query={query} rows={1}>
          {({ items, mayIssue }) =>
            items.length === 0 ? (
              <p className="quiet">{LINK_TEXT.about}</p>
            ) : (
              <ul className="part-list">
                {items.map((link) => (
                  <li key={link.id}>
                    {link.person}（{link.handUnit}） <strong>{LINK_STATE_TEXT[link.state]}</strong>{' '}
                    <small className="quiet">{LINK_TEXT.until(formatDateTime(link.until))}</small>{' '}
                    {mayIssue && !ENDED.has(link.state) && (
                      <Popconfirm
                        title={LINK_TEXT.endAsk(link.person)}
                        okText={LINK_TEXT.end}
                        cancelText={LINK_TEXT.cancel}
                        onConfirm={() => end.mutate(link.id)}
                      >
                        <Button size="small">{LINK_TEXT.end}</Button>
                      </Popconfirm>
                    )}
                  </li>
                ))}
              </ul>
            )
          }
        </Resource>
        {end.error && <Failure error={end.error} />}
      </div>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={LINK_TEXT.title}
        size="min(480px, 100vw)"
        destroyOnHidden
      >
        <LinkForm order={order.id} onMade={refresh} onDone={() => setOpen(false)} />
      </Drawer>
    </section>
  );
}
