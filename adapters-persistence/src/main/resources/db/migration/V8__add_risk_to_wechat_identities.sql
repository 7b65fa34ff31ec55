ALTER TABLE wechat_identities
  ADD COLUMN risk_rank TINYINT NULL,
  ADD COLUMN risk_flagged TINYINT NULL,
  ADD COLUMN risk_ranked_at BIGINT NULL;
