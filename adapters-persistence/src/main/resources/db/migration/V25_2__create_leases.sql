CREATE TABLE leases (
  name         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    COMMENT 'what one instance alone should do',
  holder       BINARY(16) NOT NULL COMMENT 'which instance does it',
  leased_until BIGINT NOT NULL,
  PRIMARY KEY (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
