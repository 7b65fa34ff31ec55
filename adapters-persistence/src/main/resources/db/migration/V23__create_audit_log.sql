CREATE TABLE audit_log (
  id          BINARY(16) NOT NULL,
  happened_at BIGINT NOT NULL,
  kind        VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'which one',
  user_id     BINARY(16) NULL,
  session_id  BINARY(16) NULL,
  app_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  details     VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    COMMENT 'lines name=value by their names',
  mac_key     INT NOT NULL,
  mac         BINARY(32) NOT NULL COMMENT 'HMAC-SHA-256 of all columns before it',
  seq         BIGINT NULL COMMENT 'its place in the chain; NULL until it is linked',
  chain_key   INT NULL,
  chain       BINARY(32) NULL COMMENT 'HMAC-SHA-256 of the link before it, seq and mac',
  PRIMARY KEY (id),
  UNIQUE KEY audit_log_seq (seq),
  KEY audit_log_user_id (user_id, happened_at),
  KEY audit_log_happened_at (happened_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE audit_marks (
  name     VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    COMMENT 'HEAD: the last link; ANCHOR: the last one that was purged',
  seq      BIGINT NOT NULL,
  chain    BINARY(32) NOT NULL,
  mark_key INT NOT NULL,
  mac      BINARY(32) NOT NULL COMMENT 'HMAC-SHA-256 of name, seq and chain',
  PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE audit_keys (
  number     INT NOT NULL,
  sealed_key VARBINARY(128) NOT NULL COMMENT 'sealed; made here, never replaced',
  PRIMARY KEY (number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
