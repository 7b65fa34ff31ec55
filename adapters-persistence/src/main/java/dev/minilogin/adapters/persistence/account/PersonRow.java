package dev.minilogin.adapters.persistence.account;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** Whom a row of {@code wechat_identities} is about. */
@MappedEntity("wechat_identities")
record PersonRow(@Id String openid, String appId) {
  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "PersonRow";
  }
}
