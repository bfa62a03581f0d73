export * as operationsRoutes from './routes.ts';
export type { Fault, FaultCounts, FaultDetail } from './shapes.ts';
