export * as bulkRoutes from './bulk-routes.ts';
export * as cardRoutes from './card-routes.ts';
export * as loadRoutes from './load-routes.ts';
export type { SeatLoad } from './load-routes.ts';
export * as warningRoutes from './routes.ts';
export { level, type SignRecord, type SignTally, type Warning, type WarningDetail } from './shapes.ts';
export { type DependencyFile, dependencyFile, lintDependencies } from './dependency-file.ts';
export { type BulkOutcome } from './bulk-routes.ts';
export { BULK_MOST, type WarningCard } from './card-shapes.ts';
