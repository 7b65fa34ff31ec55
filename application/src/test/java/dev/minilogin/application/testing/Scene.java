package dev.minilogin.application.testing;

import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Policies;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A storage in memory, a clock that stands still, and a mini program with the default policies. */
public final class Scene {
  /** What the clock shows at first. */
  public static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");

  private final InMemoryStorage storage = new InMemoryStorage();
  private final MutableClock clock = new MutableClock(NOW);
  private MiniProgram app = Sample.miniProgram();

  public Scene() {
    storage.miniPrograms().save(app);
  }

  public InMemoryStorage storage() {
    return storage;
  }

  public MutableClock clock() {
    return clock;
  }

  /** The mini program, as it is stored. */
  public MiniProgram app() {
    return app;
  }

  /** From now on the mini program treats new content so. */
  public void content(ContentPolicy content) {
    Policies old = app.policies();
    save(
        new Policies(old.tenant(), content, old.risk(), old.encryptedDataChecked(), old.sessions()),
        app.push());
  }

  /** From now on new content is shown at once. */
  public void unchecked() {
    content(
        new ContentPolicy(false, ContentPolicy.Treatment.REFUSE, ContentPolicy.Treatment.REFUSE));
  }

  /** From now on WeChat isn't asked whether it made encrypted phone data. */
  public void encryptedDataUnchecked() {
    Policies old = app.policies();
    save(new Policies(old.tenant(), old.content(), old.risk(), false, old.sessions()), app.push());
  }

  /** From now on the mini program lets such logins in. */
  public void sessions(SessionPolicy sessions) {
    Policies old = app.policies();
    save(
        new Policies(old.tenant(), old.content(), old.risk(), old.encryptedDataChecked(), sessions),
        app.push());
  }

  /** From now on WeChat pushes so. */
  public void push(PushSettings settings) {
    save(app.policies(), Optional.of(settings));
  }

  /** Another mini program, of that tenant. */
  public MiniProgram anotherApp(Tenant tenant) {
    MiniProgram other = Sample.miniProgram();
    Policies policies =
        new Policies(
            tenant,
            ContentPolicy.DEFAULT,
            Policies.DEFAULT.risk(),
            Policies.DEFAULT.encryptedDataChecked(),
            Policies.DEFAULT.sessions());
    MiniProgram tenants =
        new MiniProgram(
            other.appId(), other.secrets(), true, other.lifetimes(), policies, Optional.empty());
    storage.miniPrograms().save(tenants);
    return tenants;
  }

  private void save(Policies policies, Optional<PushSettings> push) {
    app =
        new MiniProgram(app.appId(), app.secrets(), app.enabled(), app.lifetimes(), policies, push);
    storage.miniPrograms().save(app);
  }

  /** Somebody new, who has just logged in to the mini program. */
  public Logins.Recorded newcomer() {
    return login(app, Sample.identity());
  }

  /** A person who has just logged in. */
  public Logins.Recorded login(MiniProgram miniProgram, WeChatIdentity identity) {
    return login(miniProgram, identity, Device.UNKNOWN);
  }

  /** A person who has just logged in on that device. */
  public Logins.Recorded login(MiniProgram miniProgram, WeChatIdentity identity, Device device) {
    return storage
        .logins()
        .record(Sample.newLogin(miniProgram, identity, device, Optional.empty(), clock.instant()));
  }

  /** The session that a login opened, as stored now. */
  public Session stored(Logins.Recorded login) {
    return storage.sessions().findStored(login.token()).orElseThrow().session();
  }

  /** Who the user is in the mini program. */
  public OpenId openId(UserId user) {
    return storage.identities().find(user, app.appId()).orElseThrow().openId();
  }

  /** The user as stored now. */
  public User stored(UserId user) {
    return storage.users().find(user).orElseThrow();
  }

  /** What others see in a field of the user's profile. */
  public Optional<String> shown(UserId user, ProfileField field) {
    return stored(user).profile().value(field);
  }

  /** How far the review of a field is; empty if there is none. */
  public Optional<FieldReview.State> review(UserId user, ProfileField field) {
    return Optional.ofNullable(stored(user).reviews().get(field)).map(FieldReview::state);
  }

  /** Gives the user's profile a value, unlooked at. */
  public User show(UserId user, ProfileField field, String value) {
    return storage
        .users()
        .changeProfile(user, set(field, value), Profile.Source.USER, clock.instant())
        .orElseThrow();
  }

  /** Clears the user's nickname and avatar, as WeChat would have it. */
  public void clean(UserId user) {
    push(new PushEffect.Clean(user, clock.instant()));
  }

  /** Erases the account, as WeChat would have it. */
  public void erase(UserId user) {
    push(new PushEffect.EraseAccount(user));
  }

  private void push(PushEffect effect) {
    Push push =
        new Push(
            Sample.uuid(),
            app.appId(),
            new PushEvent(Map.of("Event", Sample.text(16))),
            clock.instant(),
            0);
    storage.pushInbox().accept(push);
    storage.pushInbox().settle(push.id(), effect, clock.instant());
  }

  /** A change of one field. */
  public static ProfileChange set(ProfileField field, String value) {
    return new ProfileChange(Map.of(field, Optional.of(value)));
  }

  /** A change that clears one field. */
  public static ProfileChange clear(ProfileField field) {
    return new ProfileChange(Map.of(field, Optional.empty()));
  }
}
