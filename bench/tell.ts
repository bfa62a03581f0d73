import type { Stage } from './stage.ts';

export const BATCH = 5000;

/** One reading of each of {@link BATCH} points from the `from`th on, well below the limits. Rejects when one was not taken. */
export async function tell(stage: Stage, from: number): Promise<void> {
  const observedAt = Date.now();
  const rows = stage.points
    .slice(from, from + BATCH)
    .map((point, i) => ({ point, observedAt, value: (i % 40) / 10 }));
  const reply = await fetch(`${stage.puan.url}/api/v1/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.gatewayToken}` },
    body: JSON.stringify(rows),
  });
  const { accepted } = (await reply.json()) as { accepted?: number };
  if (accepted !== rows.length) throw new Error(`${accepted} of ${rows.length} readings were taken`);
}
