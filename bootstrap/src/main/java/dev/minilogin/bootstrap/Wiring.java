package dev.minilogin.bootstrap;

import dev.minilogin.adapters.media.storage.S3Settings;
import dev.minilogin.adapters.persistence.DatabaseSettings;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.web.network.TrustedProxies;
import dev.minilogin.adapters.web.user.PublicAddress;
import dev.minilogin.adapters.wechat.http.WeChatSettings;
import dev.minilogin.application.account.DeleteAccount;
import dev.minilogin.application.account.EraseUser;
import dev.minilogin.application.account.ExportAccount;
import dev.minilogin.application.account.ReinstateUser;
import dev.minilogin.application.account.SuspendUser;
import dev.minilogin.application.audit.CheckAuditLog;
import dev.minilogin.application.audit.LinkAuditLog;
import dev.minilogin.application.audit.PurgeAuditLog;
import dev.minilogin.application.audit.ReadAuditLog;
import dev.minilogin.application.avatar.FindAvatar;
import dev.minilogin.application.avatar.SetAvatar;
import dev.minilogin.application.avatar.SweepAvatars;
import dev.minilogin.application.limit.CountUse;
import dev.minilogin.application.limit.ForgetUses;
import dev.minilogin.application.merge.ListMerges;
import dev.minilogin.application.merge.MergeAccounts;
import dev.minilogin.application.merge.UndoMerge;
import dev.minilogin.application.miniprogram.RegisterMiniPrograms;
import dev.minilogin.application.operation.CheckReadiness;
import dev.minilogin.application.push.CheckPushAddress;
import dev.minilogin.application.push.ForgetPushes;
import dev.minilogin.application.push.HandlePushes;
import dev.minilogin.application.push.ReceivePush;
import dev.minilogin.application.push.ReplayPushes;
import dev.minilogin.application.retention.PurgeExpired;
import dev.minilogin.application.review.DecideReview;
import dev.minilogin.application.review.ListHeldReviews;
import dev.minilogin.application.review.ReviewContent;
import dev.minilogin.application.review.ReviewDueContent;
import dev.minilogin.application.session.CheckSession;
import dev.minilogin.application.session.EndAllSessions;
import dev.minilogin.application.session.EndOtherSessions;
import dev.minilogin.application.session.EndSession;
import dev.minilogin.application.session.ListSessions;
import dev.minilogin.application.session.LogIn;
import dev.minilogin.application.session.LogInWithinLimits;
import dev.minilogin.application.session.LogOut;
import dev.minilogin.application.user.BindPhone;
import dev.minilogin.application.user.OpenMessage;
import dev.minilogin.application.user.ReadOpenData;
import dev.minilogin.application.user.ShowUser;
import dev.minilogin.application.user.UnbindPhone;
import dev.minilogin.application.user.UpdateProfile;
import dev.minilogin.application.wechat.CheckSessionKey;
import dev.minilogin.application.wechat.ExchangePluginCode;
import dev.minilogin.application.wechat.ResetSessionKey;
import dev.minilogin.bootstrap.logging.LogContext;
import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.avatar.Pictures;
import dev.minilogin.domain.limit.RateLimits;
import dev.minilogin.domain.merge.Merges;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.operation.StorageProbe;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.retention.Leases;
import dev.minilogin.domain.retention.Retention;
import dev.minilogin.domain.review.ContentCheck;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.PhoneCodeExchange;
import dev.minilogin.domain.wechat.PluginCodeExchange;
import dev.minilogin.domain.wechat.RiskAssessment;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** Builds the use cases and what the adapters are configured with. */
@Factory
final class Wiring {
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  @Singleton
  Settings settings(Environment environment, SecureRandom random) {
    return Settings.read(environment, random);
  }

  @Singleton
  KeyRing keyRing(Settings settings) {
    return settings.keys();
  }

  @Singleton
  DatabaseSettings databaseSettings(Settings settings) {
    return settings.database();
  }

  @Singleton
  WeChatSettings weChatSettings(Settings settings) {
    return settings.weChat();
  }

  @Singleton
  PublicAddress publicAddress(Settings settings) {
    return settings.here();
  }

  @Singleton
  TrustedProxies trustedProxies(Settings settings) {
    return settings.proxies();
  }

  /** Only where the configuration names a store: without this bean pictures are in the database. */
  @Singleton
  @Requires(property = "mini-login.avatars.s3.endpoint")
  S3Settings s3Settings(Settings settings) {
    return settings.pictures().orElseThrow();
  }

  @Singleton
  LogIn logIn(
      MiniPrograms miniPrograms,
      CodeExchange codeExchange,
      Logins logins,
      RiskAssessment riskAssessment,
      Identities identities,
      AuditLog auditLog,
      @Named(TaskExecutors.BLOCKING) ExecutorService afterwards,
      InstantSource clock,
      SecureRandom random) {
    return new LogIn(
        miniPrograms,
        codeExchange,
        logins,
        riskAssessment,
        identities,
        auditLog,
        task -> afterwards.execute(LogContext.keptIn(task)),
        clock,
        random);
  }

  @Singleton
  LogInWithinLimits logInWithinLimits(LogIn logIn, RateLimits limits, Settings settings) {
    return new LogInWithinLimits(logIn, limits, settings.quotas());
  }

  @Singleton
  CountUse countUse(RateLimits limits, Settings settings) {
    return new CountUse(limits, settings.quotas());
  }

  @Singleton
  ForgetUses forgetUses(RateLimits limits) {
    return new ForgetUses(limits);
  }

  @Singleton
  CheckSession checkSession(Sessions sessions, MiniPrograms miniPrograms, InstantSource clock) {
    return new CheckSession(sessions, miniPrograms, clock);
  }

  @Singleton
  LogOut logOut(Sessions sessions, InstantSource clock) {
    return new LogOut(sessions, clock);
  }

  @Singleton
  ListSessions listSessions(Sessions sessions, InstantSource clock) {
    return new ListSessions(sessions, clock);
  }

  @Singleton
  EndSession endSession(Sessions sessions, InstantSource clock) {
    return new EndSession(sessions, clock);
  }

  @Singleton
  EndOtherSessions endOtherSessions(Sessions sessions, InstantSource clock) {
    return new EndOtherSessions(sessions, clock);
  }

  @Singleton
  EndAllSessions endAllSessions(Sessions sessions, InstantSource clock) {
    return new EndAllSessions(sessions, clock);
  }

  @Singleton
  ListMerges listMerges(Merges merges) {
    return new ListMerges(merges);
  }

  @Singleton
  MergeAccounts mergeAccounts(Merges merges, InstantSource clock) {
    return new MergeAccounts(merges, clock);
  }

  @Singleton
  UndoMerge undoMerge(Merges merges, InstantSource clock) {
    return new UndoMerge(merges, clock);
  }

  @Singleton
  ShowUser showUser(Users users) {
    return new ShowUser(users);
  }

  @Singleton
  UpdateProfile updateProfile(
      MiniPrograms miniPrograms,
      Identities identities,
      Users users,
      ContentReviews reviews,
      ReviewContent reviewContent,
      InstantSource clock,
      SecureRandom random) {
    return new UpdateProfile(
        miniPrograms, identities, users, reviews, reviewContent, clock, random);
  }

  @Singleton
  BindPhone bindPhone(
      MiniPrograms miniPrograms,
      Identities identities,
      PhoneCodeExchange phoneCodeExchange,
      OpenData openData,
      EncryptedDataCheck encryptedDataCheck,
      Sessions sessions,
      PhoneBindings phones,
      InstantSource clock,
      SecureRandom random) {
    return new BindPhone(
        miniPrograms,
        identities,
        phoneCodeExchange,
        openData,
        encryptedDataCheck,
        sessions,
        phones,
        clock,
        random);
  }

  @Singleton
  UnbindPhone unbindPhone(PhoneBindings phones, InstantSource clock) {
    return new UnbindPhone(phones, clock);
  }

  @Singleton
  ReadOpenData readOpenData(
      Identities identities,
      OpenData openData,
      Sessions sessions,
      UpdateProfile updateProfile,
      InstantSource clock) {
    return new ReadOpenData(identities, openData, sessions, updateProfile, clock);
  }

  @Singleton
  OpenMessage openMessage(
      MiniPrograms miniPrograms,
      Identities identities,
      SessionKeyAuthority authority,
      OpenData openData,
      Sessions sessions) {
    return new OpenMessage(miniPrograms, identities, authority, openData, sessions);
  }

  @Singleton
  CheckSessionKey checkSessionKey(
      MiniPrograms miniPrograms, Identities identities, SessionKeyAuthority authority) {
    return new CheckSessionKey(miniPrograms, identities, authority);
  }

  @Singleton
  ResetSessionKey resetSessionKey(
      MiniPrograms miniPrograms,
      Identities identities,
      SessionKeyAuthority authority,
      InstantSource clock) {
    return new ResetSessionKey(miniPrograms, identities, authority, clock);
  }

  @Singleton
  ExchangePluginCode exchangePluginCode(MiniPrograms miniPrograms, PluginCodeExchange exchange) {
    return new ExchangePluginCode(miniPrograms, exchange);
  }

  @Singleton
  ReviewContent reviewContent(
      MiniPrograms miniPrograms,
      ContentCheck contentCheck,
      ContentReviews reviews,
      Settings settings,
      InstantSource clock) {
    return new ReviewContent(miniPrograms, contentCheck, reviews, settings.here().uri(), clock);
  }

  @Singleton
  ReviewDueContent reviewDueContent(
      ContentReviews reviews, ReviewContent reviewContent, InstantSource clock) {
    return new ReviewDueContent(reviews, reviewContent, clock);
  }

  @Singleton
  DecideReview decideReview(ContentReviews reviews, InstantSource clock) {
    return new DecideReview(reviews, clock);
  }

  @Singleton
  ListHeldReviews listHeldReviews(ContentReviews reviews) {
    return new ListHeldReviews(reviews);
  }

  @Singleton
  SetAvatar setAvatar(
      MiniPrograms miniPrograms,
      Identities identities,
      Pictures pictures,
      PictureFiles files,
      Avatars avatars,
      Users users,
      ContentReviews reviews,
      ReviewContent reviewContent,
      InstantSource clock,
      SecureRandom random) {
    return new SetAvatar(
        miniPrograms,
        identities,
        pictures,
        files,
        avatars,
        users,
        reviews,
        reviewContent,
        clock,
        random);
  }

  @Singleton
  FindAvatar findAvatar(PictureFiles files) {
    return new FindAvatar(files);
  }

  @Singleton
  SweepAvatars sweepAvatars(Avatars avatars, PictureFiles files, InstantSource clock) {
    return new SweepAvatars(avatars, files, clock);
  }

  @Singleton
  CheckPushAddress checkPushAddress(
      MiniPrograms miniPrograms, PushEnvelopes envelopes, InstantSource clock) {
    return new CheckPushAddress(miniPrograms, envelopes, clock);
  }

  @Singleton
  ReceivePush receivePush(
      MiniPrograms miniPrograms,
      PushEnvelopes envelopes,
      PushInbox inbox,
      InstantSource clock,
      SecureRandom random) {
    return new ReceivePush(miniPrograms, envelopes, inbox, clock, random);
  }

  @Singleton
  HandlePushes handlePushes(
      PushInbox inbox,
      Identities identities,
      MiniPrograms miniPrograms,
      ContentReviews reviews,
      InstantSource clock) {
    return new HandlePushes(inbox, identities, miniPrograms, reviews, clock);
  }

  @Singleton
  ForgetPushes forgetPushes(PushInbox inbox, InstantSource clock) {
    return new ForgetPushes(inbox, clock);
  }

  @Singleton
  ReplayPushes replayPushes(PushInbox inbox, InstantSource clock) {
    return new ReplayPushes(inbox, clock);
  }

  @Singleton
  LinkAuditLog linkAuditLog(AuditLog auditLog) {
    return new LinkAuditLog(auditLog);
  }

  @Singleton
  PurgeAuditLog purgeAuditLog(AuditLog auditLog, Settings settings, InstantSource clock) {
    return new PurgeAuditLog(auditLog, settings.auditKept(), clock);
  }

  @Singleton
  CheckAuditLog checkAuditLog(AuditLog auditLog, InstantSource clock) {
    return new CheckAuditLog(auditLog, clock);
  }

  @Singleton
  ReadAuditLog readAuditLog(AuditLog auditLog) {
    return new ReadAuditLog(auditLog);
  }

  @Singleton
  DeleteAccount deleteAccount(
      MiniPrograms miniPrograms,
      CodeExchange codeExchange,
      Logins logins,
      Identities identities,
      Users users,
      Accounts accounts,
      InstantSource clock) {
    return new DeleteAccount(
        miniPrograms, codeExchange, logins, identities, users, accounts, clock);
  }

  @Singleton
  ExportAccount exportAccount(
      MiniPrograms miniPrograms,
      CodeExchange codeExchange,
      Logins logins,
      Identities identities,
      Users users,
      Accounts accounts,
      AuditLog auditLog,
      InstantSource clock) {
    return new ExportAccount(
        miniPrograms, codeExchange, logins, identities, users, accounts, auditLog, clock);
  }

  @Singleton
  EraseUser eraseUser(Accounts accounts, InstantSource clock) {
    return new EraseUser(accounts, clock);
  }

  @Singleton
  SuspendUser suspendUser(Accounts accounts, InstantSource clock) {
    return new SuspendUser(accounts, clock);
  }

  @Singleton
  ReinstateUser reinstateUser(Accounts accounts, InstantSource clock) {
    return new ReinstateUser(accounts, clock);
  }

  @Singleton
  PurgeExpired purgeExpired(
      Retention retention, Leases leases, InstantSource clock, SecureRandom random) {
    return new PurgeExpired(retention, leases, clock, random);
  }

  @Singleton
  CheckReadiness checkReadiness(StorageProbe storage) {
    return new CheckReadiness(storage);
  }

  @Singleton
  RegisterMiniPrograms registerMiniPrograms(MiniPrograms miniPrograms) {
    return new RegisterMiniPrograms(miniPrograms);
  }
}
