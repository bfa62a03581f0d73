import type { GatewaySessionView, GatewayView } from '#contract/monitoring';
import type { RequestContext } from '#services/context';

import type { GatewayControl } from './gateway-control.ts';
import { loadGatewayView, loadGatewayViews } from './gateway-view.ts';

/** The gateways within reach, with what each is doing now. */
export async function listGateways(
  context: RequestContext,
  control: GatewayControl,
): Promise<{ items: GatewayView[] }> {
  context.authorize('device.read');
  return context.transaction(async (tx) => ({ items: await loadGatewayViews(context, tx, control) }));
}

const MOST_SESSIONS = 500;

/** Who is connected to a gateway now, whoever spoke last first. Throws `record.not-found`. */
export async function listGatewaySessions(
  context: RequestContext,
  control: GatewayControl,
  id: number,
): Promise<{ items: GatewaySessionView[]; total: number }> {
  context.authorize('device.read');
  await context.transaction((tx) => loadGatewayView(context, tx, control, id));
  const sessions = control
    .sessionsOf(id)
    .map((session) => ({
      ...session,
      lastFrameAt: session.lastFrameAt ?? null,
      devices: [...session.devices],
    }))
    .toSorted((a, b) => (b.lastFrameAt ?? b.since) - (a.lastFrameAt ?? a.since));
  return { items: sessions.slice(0, MOST_SESSIONS), total: sessions.length };
}
