import type { GatewayLimits } from '#contract/monitoring';

import { GATEWAY_TEXT } from './text.ts';

/** The limits as they are typed; empty keeps the default. */
export interface LimitFields {
  readonly connections: string;
  readonly connectionsPerAddress: string;
  readonly idleMinutes: string;
}

const MINUTE_MS = 60_000;
const WHOLE = /^[1-9]\d{0,8}$/u;

export function fieldsOf(limits: GatewayLimits): LimitFields {
  const { connections, connectionsPerAddress, idleMs } = limits;
  return {
    connections: connections === undefined ? '' : String(connections),
    connectionsPerAddress: connectionsPerAddress === undefined ? '' : String(connectionsPerAddress),
    idleMinutes: idleMs === undefined ? '' : String(Math.round(idleMs / MINUTE_MS)),
  };
}

/** What was typed, as limits; or the sentence that says what is wrong with it. */
export function limitsOf(fields: LimitFields): { limits: GatewayLimits } | { fault: string } {
  const limits: GatewayLimits = {};
  for (const name of ['connections', 'connectionsPerAddress', 'idleMinutes'] as const) {
    const text = fields[name].trim();
    if (text === '') continue;
    if (!WHOLE.test(text)) return { fault: GATEWAY_TEXT.badLimit(GATEWAY_TEXT[name]) };
    if (name === 'idleMinutes') limits.idleMs = Number(text) * MINUTE_MS;
    else limits[name] = Number(text);
  }
  return { limits };
}

/** A port that was typed; undefined where it is none. */
export function portOf(text: string): number | undefined {
  const port = WHOLE.test(text.trim()) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}
