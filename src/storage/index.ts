export { type AsOf, deadlinesAt, warningsAt, workOrdersAt } from './as-of.ts';
export { type Asking, clientConfig, type DatabaseLocation, Storage, type Tx } from './connection.ts';
export { withoutNestedLoops } from './joins.ts';
export { keepPlans } from './kept-plans.ts';
export { migrate } from './migrate.ts';
export { EmbeddedPostgres, PostgresStartError } from './postgres/embedded-postgres.ts';
export {
  type AlarmRow,
  type FireWeatherRow,
  IngestWriter,
  keyOf,
  type ReadingKey,
  type SignStateRow,
  WriterTakenError,
} from './monitoring/ingest-writer.ts';
export { ensureReadingPartitions } from './monitoring/partitions.ts';
export { ReadingCopy } from './monitoring/reading-copy.ts';
export type { DayRows } from './monitoring/save-day.ts';
export { absorbTail } from './monitoring/recovery.ts';
export { type Packed, packReadings } from './readings/pack-readings.ts';
export { packInThread } from './readings/pack-thread.ts';
export type { HistoryAsk } from './readings/hot-rows.ts';
export {
  type History,
  type HistoryWindow,
  measurePacked,
  countHot,
  readFirst,
  readHistory,
  readLast,
  walkHistory,
} from './readings/read-history.ts';
export { decodeChunk, encodeChunk } from './readings/chunk-codec.ts';
export { measureRolled, readRolled, type RolledAsk } from './readings/read-rolled.ts';
export { type Forgotten, forgetChunks, forgetPages, moveHorizon } from './readings/forget-readings.ts';
export { rollPages } from './readings/roll-pages.ts';
export type { RollUps } from './readings/roll-ups.ts';
export { HOURS, MINUTES, type Tier } from './readings/rolled-pages.ts';
export { addToChunks } from './readings/chunk-store.ts';
export { emptyColumns, type ReadingColumns, sliceColumns } from './readings/reading-columns.ts';
export { PictureStore } from './picture-store.ts';
export { recordset } from './recordset.ts';
export { scopeCondition } from './scope-condition.ts';
export { type BackupDone, type BackupTask, makeBackup } from './backup/make-backup.ts';
export { type Manifest, SEALED_KEY } from './backup/manifest.ts';
export { BackupUnusableError, unpackBackup } from './backup/unpack-backup.ts';
export { openKey } from './backup/sealed-key.ts';
export { clusterFolder } from './postgres/cluster-folder.ts';
export { containing } from './search-pattern.ts';
export type { Database } from './tables/database.ts';
export { openVault, Vault } from './vault.ts';
export type { DetectorRow } from './monitoring/save-detectors.ts';
export type { Flush } from './monitoring/save-flush.ts';
