export * as handRoutes from './hand-routes.ts';
export * as chaseRoutes from './chase-routes.ts';
export { HAND_SOURCES, type HandPlan } from './hand-routes.ts';
export * as responseRoutes from './routes.ts';
export type { WorkOrder, WorkOrderDetail } from './shapes.ts';
