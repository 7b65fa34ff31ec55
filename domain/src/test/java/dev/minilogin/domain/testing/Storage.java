package dev.minilogin.domain.testing;

import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.merge.Merges;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.operation.StorageProbe;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.retention.Leases;
import dev.minilogin.domain.retention.Retention;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.Identities;

/** The ports of one storage: what is written through one of them is seen by the others. */
public interface Storage {
  Users users();

  PhoneBindings phoneBindings();

  Sessions sessions();

  Logins logins();

  MiniPrograms miniPrograms();

  Identities identities();

  AccessTokens accessTokens();

  ContentReviews contentReviews();

  PushInbox pushInbox();

  Merges merges();

  Avatars avatars();

  PictureFiles pictureFiles();

  Accounts accounts();

  Retention retention();

  Leases leases();

  StorageProbe storageProbe();

  AuditLog auditLog();
}
