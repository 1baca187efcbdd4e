-- 运行记录: what the night's jobs did, step by step.
CREATE TABLE job_run (
  id INTEGER PRIMARY KEY,
  -- What belongs together: one night, one month's end.
  run TEXT NOT NULL CHECK (run <> ''),
  step TEXT NOT NULL CHECK (step <> ''),
  begun_at TEXT NOT NULL
    CHECK (begun_at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]'),
  seconds INTEGER NOT NULL CHECK (seconds >= 0),
  -- With what the step ended; 0: all is well.
  status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 255),
  -- Its summary line as it was said, and the counts in it as a JSON object.
  summary TEXT,
  counts TEXT CHECK (counts IS NULL OR json_valid(counts))
) STRICT;
CREATE INDEX job_run_begun ON job_run (begun_at);
CREATE TRIGGER job_run_update BEFORE UPDATE ON job_run
BEGIN SELECT RAISE(ABORT, 'job_run is append-only'); END;
