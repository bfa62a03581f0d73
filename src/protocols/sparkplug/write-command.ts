import { DATATYPE, encodePayload } from './payload.ts';
import { NAMESPACE } from './topic.ts';

/** `group/node` or `group/node/device`, and the topic it is told things on. */
export interface Address {
  readonly node: string;
  readonly topic: string;
}

/** Whom a code names; undefined where it is neither a node nor a device behind one. */
export function addressOf(code: string): Address | undefined {
  const [group, node, device, ...rest] = code.split('/');
  if (!group || !node || device === '' || rest.length > 0) return undefined;
  const to = device === undefined ? `NCMD/${node}` : `DCMD/${node}/${device}`;
  return { node: `${group}/${node}`, topic: `${NAMESPACE}/${group}/${to}` };
}

/** The command that sets one metric (Sparkplug 3.0, 6.4.26–6.4.27), in the data type its birth has told. `at` is epoch ms. */
export function writeCommand(
  metric: { readonly name: string; readonly datatype: number; readonly value: number },
  at: number,
): Uint8Array {
  const { name, datatype, value } = metric;
  const written = datatype === DATATYPE.boolean ? value !== 0 : value;
  return encodePayload({ at, metrics: [{ name, at, datatype, value: written }] });
}
