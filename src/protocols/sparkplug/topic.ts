/** What a message is for (Sparkplug 3.0, 4.1): of an edge node (N…) or of a device behind one (D…). */
export const MESSAGE_TYPES = [
  'NBIRTH',
  'NDEATH',
  'NDATA',
  'NCMD',
  'DBIRTH',
  'DDEATH',
  'DDATA',
  'DCMD',
] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

export const NAMESPACE = 'spBv1.0';

export interface SparkplugTopic {
  readonly type: MessageType;
  /** `group/node`. */
  readonly node: string;
  /** The device's own name behind the node; undefined for messages of the node itself. */
  readonly device: string | undefined;
}

const TYPES: ReadonlySet<string> = new Set(MESSAGE_TYPES);

/** Reads `spBv1.0/{group}/{type}/{node}[/{device}]`; undefined for anything else. */
export function parseTopic(topic: string): SparkplugTopic | undefined {
  const [namespace, group = '', type = '', node = '', device, ...rest] = topic.split('/');
  if (namespace !== NAMESPACE || group === '' || node === '' || rest.length > 0 || !TYPES.has(type))
    return undefined;
  const ofDevice = type.startsWith('D');
  if (ofDevice !== (device !== undefined && device !== '')) return undefined;
  return { type: type as MessageType, node: `${group}/${node}`, device: ofDevice ? device : undefined };
}

/** The topic of a command to a node, undefined where the code is not `group/node`. */
export function commandTopic(node: string): string | undefined {
  const [group, name, ...rest] = node.split('/');
  if (group === undefined || name === undefined || rest.length > 0) return undefined;
  return `${NAMESPACE}/${group}/NCMD/${name}`;
}

/** Where a host says that it is there (4.6): retained. */
export const stateTopic = (host: string): string => `${NAMESPACE}/STATE/${host}`;
