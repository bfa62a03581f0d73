export * as operationsRoutes from './routes.ts';
export type { Fault, FaultCounts, FaultDetail } from './shapes.ts';
export * as aliveRoutes from './alive-routes.ts';
export type { ChainGrid, ChainTest, Mismatch, Reconciliation, Watchdog } from './alive-shapes.ts';
