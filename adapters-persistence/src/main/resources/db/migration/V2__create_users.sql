CREATE TABLE users (
  id                 BINARY(16) NOT NULL,
  unionid            VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL
    COMMENT 'links the identities of one person in all apps of one Open Platform account',
  status             VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  session_epoch      INT NOT NULL,
  nickname           VARCHAR(32) NULL,
  avatar_url         VARCHAR(512) NULL,
  gender             VARCHAR(1) NULL,
  province           VARCHAR(64) NULL,
  city               VARCHAR(64) NULL,
  country            VARCHAR(64) NULL,
  language           VARCHAR(16) NULL,
  profile_provenance VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    COMMENT 'of each known field its source and since when: nickname=USER@1767225600000;...',
  profile_version    INT NOT NULL,
  created_at         BIGINT NOT NULL COMMENT 'UTC milliseconds, as all times here',
  updated_at         BIGINT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY users_unionid (unionid)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
