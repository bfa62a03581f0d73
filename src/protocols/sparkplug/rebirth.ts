import { DATATYPE, encodePayload } from './payload.ts';

/** The command that asks a node to tell everything again (Sparkplug 3.0, 6.4.26). `at` is epoch ms. */
export function rebirthCommand(at: number): Uint8Array {
  return encodePayload({
    at,
    metrics: [{ name: 'Node Control/Rebirth', at, datatype: DATATYPE.boolean, value: true }],
  });
}
