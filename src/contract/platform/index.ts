export * as accountRoutes from './account-routes.ts';
export * as deputyRoutes from './deputy-routes.ts';
export * as reviewRoutes from './review-routes.ts';
export * as identityRoutes from './identity-routes.ts';
export type { IdentityMapping } from './identity-routes.ts';
export * as objectRoutes from './object-routes.ts';
export * as linkRoutes from './link-routes.ts';
export type { ObjectLink } from './link-routes.ts';
export * as dependencyRoutes from './dependency-routes.ts';
export type { Dependency } from './dependency-routes.ts';
export * as ledgerRoutes from './ledger-routes.ts';
export type { LedgerEntry, ObjectKind } from './ledger-shapes.ts';
export * as populationRoutes from './population-routes.ts';
export type { Population } from './population-routes.ts';
export * as organisationRoutes from './organisation-routes.ts';
export * as auditRoutes from './audit-routes.ts';
export type { AuditCheck, AuditEntry, AuditHead, AuditState } from './audit-shapes.ts';
export * as platformRoutes from './routes.ts';
export type {
  GatheredObjects,
  MapObject,
  MonitoredObject,
  Platform,
  PlatformCount,
  Session,
  Town,
} from './shapes.ts';
export { platformKind } from './shapes.ts';
export type {
  ImportColumn,
  ImportFault,
  ImportField,
  ImportKind,
  ImportMapping,
  ImportReport,
} from './import-shapes.ts';
export type {
  PlatformContact,
  PlatformDetail,
  PlatformDuty,
  PlatformFact,
  PlatformName,
  PlatformSetting,
  Responsibility,
  Unit,
  UnitKind,
} from './organisation-shapes.ts';
export { PLATFORM_FACTS } from './organisation-shapes.ts';
export { IMPORT_ROWS, XLSX } from './organisation-routes.ts';
export type { BoundDevice, OwnSession, Token } from './session-shapes.ts';
export type {
  Account,
  AccountAction,
  AccountDetail,
  AccountRequest,
  AccountReview,
  AccountRole,
  BulkRow,
  Delegation,
  ReviewItem,
  Team,
  TemporaryPassword,
  WantedRole,
} from './account-shapes.ts';
