package io.sallyport.builds.store;

import java.util.List;

/** The history of {@code db.sqlite}: one list of statements per version, never changed once released. */
public final class Schema {
    /** For {@link io.sallyport.database.Database#open}. */
    public static final List<List<String>> MIGRATIONS = List.of(
            List.of(
                    """
            CREATE TABLE projects (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              name TEXT NOT NULL,
              settings TEXT NOT NULL,
              created INTEGER NOT NULL,
              removed INTEGER
            ) STRICT""",
                    "CREATE UNIQUE INDEX projects_by_name ON projects (name) WHERE removed IS NULL",
                    """
            CREATE TABLE builds (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              project_id INTEGER NOT NULL REFERENCES projects (id),
              state TEXT NOT NULL,
              reason TEXT,
              ref TEXT,
              commit_id TEXT,
              labels TEXT NOT NULL,
              variables TEXT NOT NULL,
              spec_request TEXT,
              priority INTEGER NOT NULL,
              idempotency_key TEXT,
              retry_of INTEGER,
              submitted_by TEXT NOT NULL,
              canceled_by TEXT,
              source_kind TEXT NOT NULL,
              source_digest TEXT NOT NULL,
              source_bytes INTEGER NOT NULL,
              source_entries INTEGER NOT NULL,
              source_unpacked INTEGER NOT NULL,
              source_tar INTEGER NOT NULL,
              spec_file TEXT NOT NULL,
              spec_text TEXT NOT NULL,
              created INTEGER NOT NULL,
              started INTEGER,
              finished INTEGER,
              restarts INTEGER NOT NULL DEFAULT 0
            ) STRICT""",
                    "CREATE INDEX builds_by_project ON builds (project_id, id)",
                    "CREATE INDEX builds_unfinished ON builds (id) WHERE finished IS NULL",
                    """
            CREATE UNIQUE INDEX builds_by_key ON builds (project_id, idempotency_key)
            WHERE idempotency_key IS NOT NULL""",
                    """
            CREATE TABLE jobs (
              build_id INTEGER NOT NULL REFERENCES builds (id),
              place INTEGER NOT NULL,
              name TEXT NOT NULL,
              stage TEXT NOT NULL,
              state TEXT NOT NULL,
              exit_code INTEGER,
              attempt INTEGER NOT NULL,
              executor TEXT,
              image TEXT,
              started INTEGER,
              finished INTEGER,
              reason TEXT,
              PRIMARY KEY (build_id, place)
            ) STRICT, WITHOUT ROWID""",
                    """
            CREATE TABLE artifacts (
              build_id INTEGER NOT NULL REFERENCES builds (id),
              path TEXT NOT NULL,
              job TEXT NOT NULL,
              digest TEXT NOT NULL,
              bytes INTEGER NOT NULL,
              executable INTEGER NOT NULL,
              PRIMARY KEY (build_id, path)
            ) STRICT, WITHOUT ROWID""",
                    "CREATE INDEX artifacts_by_digest ON artifacts (digest)"),
            List.of("CREATE INDEX builds_by_submitter ON builds (submitted_by, id)"),
            List.of("""
            CREATE TABLE evidence (
              build_id INTEGER PRIMARY KEY REFERENCES builds (id),
              key_id TEXT NOT NULL,
              manifest TEXT NOT NULL,
              signature TEXT NOT NULL,
              provenance TEXT NOT NULL
            ) STRICT"""),
            List.of("""
            CREATE TABLE caches (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              project_id INTEGER NOT NULL REFERENCES projects (id),
              trusted INTEGER NOT NULL,
              name TEXT NOT NULL,
              digest TEXT NOT NULL,
              bytes INTEGER NOT NULL,
              saved INTEGER NOT NULL,
              used INTEGER NOT NULL,
              UNIQUE (project_id, trusted, name)
            ) STRICT""", "CREATE INDEX caches_by_use ON caches (used)"),
            List.of("ALTER TABLE builds ADD COLUMN trusted INTEGER NOT NULL DEFAULT 0", """
            CREATE TABLE secrets (
              project_id INTEGER NOT NULL REFERENCES projects (id),
              name TEXT NOT NULL,
              version INTEGER NOT NULL,
              protected INTEGER NOT NULL,
              file INTEGER NOT NULL,
              masked INTEGER NOT NULL,
              key_id TEXT NOT NULL,
              sealed BLOB NOT NULL,
              created INTEGER NOT NULL,
              updated INTEGER NOT NULL,
              updated_by TEXT NOT NULL,
              PRIMARY KEY (project_id, name)
            ) STRICT"""),
            List.of(
                    """
            CREATE TABLE event_groups (
              id INTEGER PRIMARY KEY,
              project_id INTEGER NOT NULL,
              project TEXT NOT NULL,
              owner TEXT NOT NULL,
              type TEXT NOT NULL,
              kind TEXT NOT NULL,
              recorded INTEGER NOT NULL,
              removed INTEGER NOT NULL DEFAULT 0,
              last_removed INTEGER NOT NULL DEFAULT 0,
              UNIQUE (project_id, project, owner, type)
            ) STRICT""",
                    """
            CREATE TABLE events (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              group_id INTEGER NOT NULL REFERENCES event_groups (id),
              time INTEGER NOT NULL,
              build_id INTEGER,
              job TEXT,
              actor TEXT,
              facts TEXT NOT NULL
            ) STRICT""",
                    "CREATE INDEX events_by_group ON events (group_id, id)",
                    "CREATE TABLE event_sources (name TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID",
                    "CREATE TABLE event_secret (id INTEGER PRIMARY KEY CHECK (id = 1), secret BLOB NOT NULL) STRICT"),
            List.of(
                    """
            CREATE TABLE plans (
              build_id INTEGER PRIMARY KEY REFERENCES builds (id) ON DELETE CASCADE,
              plan TEXT NOT NULL
            ) STRICT""",
                    "ALTER TABLE builds ADD COLUMN superseded_by INTEGER",
                    "ALTER TABLE builds ADD COLUMN supersede TEXT",
                    "ALTER TABLE builds ADD COLUMN auto_cancel TEXT",
                    "ALTER TABLE builds ADD COLUMN jobs_request TEXT",
                    "ALTER TABLE jobs ADD COLUMN runs TEXT NOT NULL DEFAULT 'on_success'",
                    "ALTER TABLE jobs ADD COLUMN needs TEXT",
                    "ALTER TABLE jobs ADD COLUMN allow_failure INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE jobs ADD COLUMN interruptible INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE jobs ADD COLUMN resource_group TEXT",
                    "ALTER TABLE jobs ADD COLUMN restarts INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE jobs ADD COLUMN failures INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE jobs ADD COLUMN node TEXT",
                    "ALTER TABLE jobs ADD COLUMN due INTEGER",
                    "ALTER TABLE jobs ADD COLUMN started_by TEXT",
                    "ALTER TABLE jobs ADD COLUMN taken_from INTEGER",
                    "ALTER TABLE jobs ADD COLUMN coverage REAL",
                    "ALTER TABLE jobs ADD COLUMN tests TEXT",
                    "ALTER TABLE jobs ADD COLUMN variables TEXT",
                    """
            CREATE TABLE job_artifacts (
              build_id INTEGER NOT NULL REFERENCES builds (id),
              path TEXT NOT NULL,
              place INTEGER NOT NULL,
              job TEXT NOT NULL,
              digest TEXT NOT NULL,
              bytes INTEGER NOT NULL,
              executable INTEGER NOT NULL,
              PRIMARY KEY (build_id, path, place)
            ) STRICT, WITHOUT ROWID""",
                    """
            INSERT INTO job_artifacts (build_id, path, place, job, digest, bytes, executable)
            SELECT build_id, path, 0, job, digest, bytes, executable FROM artifacts""",
                    "DROP TABLE artifacts",
                    "ALTER TABLE job_artifacts RENAME TO artifacts",
                    "CREATE INDEX artifacts_by_digest ON artifacts (digest)"),
            List.of(
                    """
            CREATE TABLE schedules (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              project_id INTEGER NOT NULL REFERENCES projects (id),
              name TEXT NOT NULL,
              cron TEXT NOT NULL,
              timezone TEXT NOT NULL,
              ref TEXT,
              variables TEXT NOT NULL,
              spec TEXT,
              source_of TEXT NOT NULL,
              enabled INTEGER NOT NULL,
              owner TEXT NOT NULL,
              written INTEGER NOT NULL,
              due INTEGER,
              paused INTEGER,
              paused_words TEXT,
              last_build INTEGER,
              last_due INTEGER,
              problem INTEGER,
              problem_words TEXT
            ) STRICT""",
                    "CREATE UNIQUE INDEX schedules_by_name ON schedules (project_id, name)",
                    "CREATE INDEX schedules_by_due ON schedules (due) WHERE due IS NOT NULL",
                    "CREATE INDEX builds_by_ref ON builds (project_id, ref, id)"),
            List.of(
                    "ALTER TABLE artifacts ADD COLUMN expire_in INTEGER",
                    "CREATE INDEX builds_by_source ON builds (source_digest)",
                    """
            CREATE TABLE pins (
              build_id INTEGER PRIMARY KEY REFERENCES builds (id),
              pinned_by TEXT NOT NULL,
              pinned INTEGER NOT NULL,
              reason TEXT
            ) STRICT""",
                    """
            CREATE TABLE removals (
              build_id INTEGER NOT NULL REFERENCES builds (id),
              what TEXT NOT NULL,
              job TEXT NOT NULL,
              removed INTEGER NOT NULL,
              rule TEXT NOT NULL,
              items INTEGER NOT NULL,
              bytes INTEGER NOT NULL,
              PRIMARY KEY (build_id, what, job)
            ) STRICT, WITHOUT ROWID""",
                    "CREATE TABLE logs_to_remove (build_id INTEGER PRIMARY KEY) STRICT",
                    """
            CREATE TABLE retention_runs (
              id INTEGER PRIMARY KEY CHECK (id = 1),
              ended INTEGER NOT NULL
            ) STRICT"""),
            List.of("""
            CREATE TABLE pauses (
              project_id INTEGER PRIMARY KEY,
              paused_by TEXT NOT NULL,
              since INTEGER NOT NULL,
              message TEXT
            ) STRICT"""),
            List.of("""
            CREATE TABLE project_files (
              project_id INTEGER NOT NULL REFERENCES projects (id),
              digest TEXT NOT NULL,
              bytes INTEGER NOT NULL,
              added INTEGER NOT NULL,
              PRIMARY KEY (project_id, digest)
            ) STRICT, WITHOUT ROWID""", "CREATE INDEX project_files_by_digest ON project_files (digest)"),
            List.of(
                    """
            CREATE TABLE reports (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              project_id INTEGER NOT NULL REFERENCES projects (id),
              name TEXT NOT NULL,
              version INTEGER NOT NULL,
              kind TEXT NOT NULL,
              url TEXT NOT NULL,
              repository TEXT,
              context TEXT,
              states TEXT NOT NULL,
              trusted INTEGER NOT NULL,
              target_url TEXT,
              secret TEXT,
              written INTEGER NOT NULL,
              written_by TEXT NOT NULL,
              failures INTEGER NOT NULL DEFAULT 0,
              retry INTEGER,
              problem INTEGER,
              problem_words TEXT,
              sent INTEGER,
              sent_build INTEGER,
              sent_words TEXT,
              failed INTEGER,
              failed_build INTEGER,
              failed_words TEXT,
              skipped INTEGER,
              skipped_build INTEGER,
              skipped_words TEXT
            ) STRICT""",
                    "CREATE UNIQUE INDEX reports_by_name ON reports (project_id, name)",
                    """
            CREATE TABLE deliveries (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
              build_id INTEGER NOT NULL,
              state TEXT NOT NULL,
              uuid TEXT NOT NULL,
              facts TEXT NOT NULL,
              time INTEGER NOT NULL,
              tries INTEGER NOT NULL DEFAULT 0
            ) STRICT""",
                    "CREATE INDEX deliveries_by_report ON deliveries (report_id, id)",
                    "CREATE INDEX deliveries_by_build ON deliveries (build_id, report_id)"),
            List.of(
                    "ALTER TABLE builds ADD COLUMN source_url TEXT",
                    "ALTER TABLE builds ADD COLUMN source_ref TEXT",
                    "ALTER TABLE builds ADD COLUMN source_commit TEXT"),
            List.of(
                    "ALTER TABLE builds ADD COLUMN keep_failed INTEGER",
                    """
            CREATE TABLE visits (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              build_id INTEGER NOT NULL REFERENCES builds (id),
              job TEXT NOT NULL,
              identity TEXT NOT NULL,
              opened INTEGER NOT NULL,
              closed INTEGER
            ) STRICT""",
                    "CREATE INDEX visits_by_build ON visits (build_id)"));

    private Schema() {}
}
