CREATE TABLE wechat_identities (
  app_id                  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  openid                  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id                 BINARY(16) NOT NULL,
  unionid                 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  session_key             VARBINARY(256) NOT NULL COMMENT 'sealed; the newest of three',
  session_key_mac         BINARY(32) NOT NULL COMMENT 'tells whether WeChat gave another one',
  session_key_at          BIGINT NOT NULL,
  session_key_2           VARBINARY(256) NULL,
  session_key_2_at        BIGINT NULL,
  session_key_3           VARBINARY(256) NULL,
  session_key_3_at        BIGINT NULL,
  login_count             BIGINT NOT NULL,
  created_at              BIGINT NOT NULL,
  last_login_at           BIGINT NOT NULL,
  PRIMARY KEY (app_id, openid),
  KEY wechat_identities_user_id (user_id),
  KEY wechat_identities_unionid (unionid)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4;
