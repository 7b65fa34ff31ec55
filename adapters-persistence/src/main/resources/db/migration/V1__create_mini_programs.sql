CREATE TABLE mini_programs (
  app_id               VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sealed_secret        VARBINARY(512) NOT NULL,
  enabled              TINYINT NOT NULL,
  idle_lifetime_ms     BIGINT NOT NULL,
  absolute_lifetime_ms BIGINT NOT NULL,
  PRIMARY KEY (app_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
