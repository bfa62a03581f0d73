export * as monitoringRoutes from './routes.ts';
export type { Device, Point, Quarantined, ReplaySession } from './shapes.ts';
