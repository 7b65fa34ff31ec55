CREATE TABLE key_uses (
  purpose      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  key_number   INT NOT NULL,
  last_used_at BIGINT NOT NULL COMMENT 'when an instance had it in use for what it writes, to a minute',
  PRIMARY KEY (purpose, key_number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
