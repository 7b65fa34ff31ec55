CREATE TABLE account_merges (
  id            BINARY(16) NOT NULL,
  kept_id       BINARY(16) NOT NULL,
  absorbed_id   BINARY(16) NOT NULL COMMENT 'its row of users stays as it was, to undo the merge',
  found_at      BIGINT NOT NULL,
  merged_at     BIGINT NULL,
  undone_at     BIGINT NULL,
  unionid_moved TINYINT NOT NULL COMMENT 'the kept user has it of the absorbed one',
  PRIMARY KEY (id),
  UNIQUE KEY account_merges_users (kept_id, absorbed_id),
  KEY account_merges_absorbed_id (absorbed_id),
  KEY account_merges_found_at (found_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
