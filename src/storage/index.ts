export { clientConfig, type DatabaseLocation, Storage, type Tx } from './connection.ts';
export { migrate } from './migrate.ts';
export { EmbeddedPostgres, PostgresStartError } from './postgres/embedded-postgres.ts';
export type { Database } from './tables/database.ts';
