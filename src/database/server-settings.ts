/**
 * How a server for some seconds is set, however it is reached: durable is nothing. Each is
 * `name=value`, as `postgres -c` takes it.
 */
export function serverSettings(major: number): string[] {
  return [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    // As in production: on `minimal`, what is made and filled in one transaction writes no log.
    "wal_level=replica",
    "max_wal_senders=0",
    "max_wal_size=128MB",
    // What is kept of a data directory holds no log that is only there to be written over.
    "wal_recycle=off",
    "shared_buffers=32MB",
    "autovacuum=off",
    "max_connections=20",
    "max_locks_per_transaction=512",
    "max_worker_processes=0",
    "max_parallel_workers=0",
    "max_parallel_workers_per_gather=0",
    "max_parallel_maintenance_workers=0",
    "restart_after_crash=off",
    "temp_file_limit=512MB",
    "jit=off",
    "timezone=UTC",
    "lc_messages=C",
    "log_min_error_statement=panic",
    "log_checkpoints=off",
    // Whoever makes a role may hand objects over to it, as a superuser may.
    ...(major >= 16 ? ["createrole_self_grant=set,inherit"] : []),
  ];
}
