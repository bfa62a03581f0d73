import { NAMESPACE, parseTopic } from '#protocols/sparkplug';
import { maySubscribe } from '#protocols/thingsboard';

/** A host's state is for every node to see (Sparkplug 3.0, 4.6). */
const STATE = new RegExp(`^(${NAMESPACE}/)?STATE/[^/#]+$`, 'u');

/**
 * Whether a device may listen there: to what is said to itself, and nothing else. A filter with `+` or `#` is only allowed
 * where all it can match is the device's own.
 */
export function maySubscribeTo(deviceCode: string, filter: string): boolean {
  return maySubscribe(filter) || STATE.test(filter) || isOwnCommand(deviceCode, filter);
}

/** `spBv1.0/{group}/NCMD/{node}`, `…/DCMD/{node}/{device}`, with `+` or `#` for the device. */
function isOwnCommand(deviceCode: string, filter: string): boolean {
  const [namespace, group, type, node, ...device] = filter.split('/');
  if (namespace !== NAMESPACE || `${group}/${node}` !== deviceCode) return false;
  return (type === 'NCMD' || type === 'DCMD') && device.length <= 1;
}

/** Whether a Sparkplug topic is the device's own: it is the node, or it stands behind it. */
export function ownTopic(deviceCode: string, topic: string): ReturnType<typeof parseTopic> {
  const parsed = parseTopic(topic);
  return parsed?.node === deviceCode ? parsed : undefined;
}
