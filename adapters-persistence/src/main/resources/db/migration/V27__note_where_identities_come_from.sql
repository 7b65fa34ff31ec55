ALTER TABLE wechat_identities
  ADD COLUMN merged_from BINARY(16) NULL COMMENT 'the absorbed user whose it was';
