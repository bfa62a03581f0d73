export * as responseRoutes from './routes.ts';
export type { WorkOrder, WorkOrderDetail } from './shapes.ts';
