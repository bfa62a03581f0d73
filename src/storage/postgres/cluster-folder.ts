import path from 'node:path';

import { handOver, programUser } from './as-user.ts';
import { findBinaries } from './binaries.ts';
import { livingPostmaster } from './processes.ts';

/** The folder of a data folder's cluster. */
export interface ClusterFolder {
  readonly folder: string;
  readonly isInUse: boolean;
  /** Gives what was put there to the user PostgreSQL runs as. */
  handOver(): void;
}

/** Where the cluster of a data folder lies on this machine; undefined where no PostgreSQL is packaged for it. */
export function clusterFolder(dataDir: string): ClusterFolder | undefined {
  const native = findBinaries();
  if (!native) return undefined;
  const user = programUser(native, dataDir);
  const folder = path.join(user.base, 'postgres');
  return {
    folder,
    isInUse: livingPostmaster(folder) !== undefined,
    handOver: () => handOver(folder, user),
  };
}
