import type { Ground, SystemContext } from '#services/context';
import type { MonitoringDesk } from '#services/monitoring';

import type { Gateways } from '../gateways.ts';
import type { Log } from '../log.ts';

/** What chain tests stand on. */
export interface ChainGround {
  readonly config: { readonly bind: string; readonly chainTests: boolean; readonly tls: object | undefined };
  /** Where HTTP is listened on; undefined until it is. */
  readonly httpPort: number | undefined;
  readonly log: Log;
  readonly ground: Ground;
  readonly system: SystemContext;
  readonly desk: MonitoringDesk;
  readonly gateways: Pick<Gateways, 'portOf'>;
}
