export * as bulkRoutes from './bulk-routes.ts';
export * as cardRoutes from './card-routes.ts';
export * as loadRoutes from './load-routes.ts';
export type { SeatLoad } from './load-routes.ts';
export * as warningRoutes from './routes.ts';
export { level, type SignRecord, type SignTally, type Warning, type WarningDetail } from './shapes.ts';
export { type DependencyFile, dependencyFile, lintDependencies } from './dependency-file.ts';
export { type BulkOutcome } from './bulk-routes.ts';
export { BULK_MOST, type WarningCard } from './card-shapes.ts';
export * as cascadeRoutes from './cascade-routes.ts';
export type { Cascade, CascadeDetail, CascadeSeat, ReachedObject, RuleRecord } from './cascade-shapes.ts';
export * as verificationRoutes from './verification-routes.ts';
export type { Verification, VerificationDetail } from './verification-shapes.ts';
export * as shelfRoutes from './shelf-routes.ts';
export type { HeldAlarm, Holder, ObjectHold, Shelf, ShelfTarget } from './shelf-routes.ts';
export * as suppressionRoutes from './suppression-routes.ts';
export type { SuppressionRule } from './suppression-routes.ts';
export * as performanceRoutes from './performance-routes.ts';
export { PERFORMANCE_SPANS } from './performance-routes.ts';
export type {
  ActorDetail,
  AlarmProposal,
  Figure,
  NuisanceRow,
  Performance,
  PerformanceActor,
} from './performance-shapes.ts';
