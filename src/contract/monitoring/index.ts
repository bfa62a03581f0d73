export * as analyticsRoutes from './analytics-routes.ts';
export type { AnalyticsResult, AnalyticsResultView } from './analytics-routes.ts';
export * as blindRoutes from './blind-routes.ts';
export type { BlindObject, BlindPeople, BlindPoint, BlindSpotView, BlindTown } from './blind-routes.ts';
export type { DeviceDetail } from './device-shapes.ts';
export * as eventRoutes from './event-routes.ts';
export type { SuspectedEvent } from './event-shapes.ts';
export * as fireWeatherRoutes from './fire-weather-routes.ts';
export type { FireWeatherDayView } from './fire-weather-routes.ts';
export * as frameTestRoutes from './frame-test-routes.ts';
export * as gatewayRoutes from './gateway-routes.ts';
export type { GatewayLimits, GatewaySessionView, GatewayState, GatewayView } from './gateway-shapes.ts';
export * as intakeRoutes from './intake-routes.ts';
export type { IntakeKindRow, IntakeSource, Pushed } from './intake-shapes.ts';
export * as monitoringRoutes from './routes.ts';
export * as noteRoutes from './note-routes.ts';
export type { DeviceNoteView } from './note-routes.ts';
export * as qualityRoutes from './quality-routes.ts';
export * as rarityRoutes from './rarity-routes.ts';
export {
  type Correction,
  type PipelineStage,
  QUALITY_BY,
  type QualityBy,
  type QualityFinding,
  type QualityRow,
} from './quality-routes.ts';
export * as serviceWindowRoutes from './service-window-routes.ts';
export type { ServiceWindow } from './service-window-routes.ts';
export type { Device, Point, Quarantined, ReplaySession } from './shapes.ts';
export {
  ENTITY_SETS,
  type EntitySet,
  memberOf,
  type Property,
  type Relation,
  SET_NAMES,
  type SetName,
} from './sensorthings-entities.ts';
export {
  momentText,
  type ObservationBody,
  observationBody,
  observationId,
  observationMessage,
  type ReadingFacts,
  readObservationId,
} from './sensorthings-observation.ts';
export { type Expansion, parseOptions, type QueryOptions } from './sensorthings-options.ts';
export { type EntityId, entityPath, parsePath, type ResourcePath } from './sensorthings-path.ts';
export { invalid, unsupported } from './sensorthings-refusal.ts';
export * as sensorThingsRoutes from './sensorthings-routes.ts';
export { parseSubscription, type Subscription } from './sensorthings-topic.ts';
export { conjuncts, type PropertyPath, type Term } from './sensorthings-term.ts';
export { EXPORT_FORMATS, type ExportFormat } from './export-routes.ts';
export * as exportRoutes from './export-routes.ts';
export * as socialRoutes from './social-routes.ts';
export type { SocialReport } from './social-routes.ts';
export * as backFillRoutes from './back-fill-routes.ts';
export { BACK_FILL_ROWS } from './back-fill-routes.ts';
export type { BackFillFault, BackFillReport, BackFillRun } from './back-fill-routes.ts';
export type { SharedGrant, SharedItem } from './sharing-routes.ts';
export * as sharingRoutes from './sharing-routes.ts';
export type { Webhook, WebhookDelivery } from './webhook-routes.ts';
export * as webhookRoutes from './webhook-routes.ts';
export type { Kept, RetentionClock } from './retention-routes.ts';
export * as retentionRoutes from './retention-routes.ts';
export * as rollUpRoutes from './roll-up-routes.ts';
export type { RollUp } from './roll-up-routes.ts';
