package dev.minilogin.adapters.persistence.wechat;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;

/** What a row of {@code wechat_identities} keeps under keys of the ring. */
@MappedEntity("wechat_identities")
record SessionKeyRow(
    @Id String openid,
    String appId,
    @Nullable byte[] sessionKey,
    @Nullable byte[] sessionKeyMac,
    @Nullable @MappedProperty("session_key_2") byte[] sessionKey2,
    @Nullable @MappedProperty("session_key_3") byte[] sessionKey3) {
  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "SessionKeyRow";
  }
}
