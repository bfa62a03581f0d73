/**
 * Settings of the embedded database, for one machine of 2 cores and up that it shares with the server. Durability is
 * untouched: fsync and synchronous_commit stay on, for a device is answered after the commit.
 */
export const SETTINGS: readonly string[] = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'max_connections=60',
  'shared_buffers=256MB',
  'work_mem=16MB',
  'maintenance_work_mem=256MB',
  'effective_cache_size=2GB',
  // Readings come as a stream: fewer, larger checkpoints, and their spread over the interval.
  'max_wal_size=8GB',
  'min_wal_size=512MB',
  'checkpoint_timeout=15min',
  'checkpoint_completion_target=0.9',
  'wal_buffers=32MB',
  // Backups copy a running cluster (pg_backup_start).
  'wal_level=replica',
  'max_wal_senders=0',
  'jit=off',
  'random_page_cost=1.1',
  // A flood fills tables within seconds: what is known of them must not be a minute old.
  'autovacuum_naptime=10s',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_min_messages=warning',
];
