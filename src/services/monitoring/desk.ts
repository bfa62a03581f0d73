import type { DeviceBook } from './device-book.ts';
import type { GatewayLedger } from './gateway-ledger.ts';
import type { Ingest } from './ingest.ts';

/** What the monitoring room holds in memory beside the tables; handed to its use cases. */
export interface MonitoringDesk {
  readonly ingest: Ingest;
  readonly devices: DeviceBook;
  readonly ledger: GatewayLedger;
}
