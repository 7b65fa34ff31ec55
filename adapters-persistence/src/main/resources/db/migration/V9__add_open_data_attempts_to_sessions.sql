ALTER TABLE sessions
  ADD COLUMN open_data_attempts INT NOT NULL DEFAULT 0 COMMENT 'those that failed or are under way';
