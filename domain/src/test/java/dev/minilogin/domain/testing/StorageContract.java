package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushContent;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the contracts of a storage's ports have in common: what they need, and how they log in. */
public interface StorageContract {
  /** The storage under test; each call may give a new one over the same data. */
  Storage storage();

  /** A storage of the same kind that can't be asked. */
  Storage unreachableStorage();

  /** A new mini program, saved. */
  default MiniProgram newMiniProgram() {
    return saved(Sample.miniProgram());
  }

  /** The mini program, saved. */
  default MiniProgram saved(MiniProgram app) {
    storage().miniPrograms().save(app);
    return app;
  }

  /**
   * A person who has logged in, and so is a user.
   *
   * @param login the latest one
   */
  record Visitor(MiniProgram app, OpenId openId, Logins.Recorded login) {
    public UserId id() {
      return login.user().id();
    }
  }

  /** A new person in a new mini program. */
  default Visitor newVisitor() {
    return visitor(newMiniProgram(), Sample.identity());
  }

  /** This person in that mini program. */
  default Visitor visitor(MiniProgram app, WeChatIdentity identity) {
    return new Visitor(app, identity.openId(), logIn(Sample.newLogin(app, identity)));
  }

  /** The user as stored now. */
  default User stored(UserId id) {
    return storage().users().find(id).orElseThrow();
  }

  /** Erases an account, as a push from WeChat would. */
  default void eraseAccount(Visitor visitor, Instant at) {
    Push push =
        new Push(
            Sample.uuid(),
            visitor.app().appId(),
            new PushEvent(
                Map.of(
                    "Event", PushContent.USER_AUTHORIZATION_CANCELLATION,
                    "OpenID", visitor.openId().value(),
                    "CreateTime", Long.toString(at.getEpochSecond()))),
            at,
            0);
    assertThat(storage().pushInbox().accept(push)).isTrue();
    assertThat(
            storage().pushInbox().settle(push.id(), new PushEffect.EraseAccount(visitor.id()), at))
        .isTrue();
  }

  /** The login of a new user in a new mini program, recorded. */
  default Logins.Recorded newUser() {
    return logIn(Sample.newLogin(newMiniProgram(), Sample.identity()));
  }

  /** Claims and records a login. */
  default Logins.Recorded logIn(NewLogin login) {
    assertThat(storage().logins().claim(login.claim(), login.at())).isTrue();
    return storage().logins().record(login);
  }

  /** A login of this person on that device, recorded. */
  default Logins.Recorded logIn(
      MiniProgram app, WeChatIdentity identity, Device device, Instant at) {
    return logIn(Sample.newLogin(app, identity, device, Optional.empty(), at));
  }

  /** The session that a login opened, as stored now. Who changed it here sees it at once. */
  default Sessions.Held found(Logins.Recorded login) {
    Sessions.Held stored = storage().sessions().findStored(login.token()).orElseThrow();
    assertThat(storage().sessions().find(login.token())).contains(stored);
    return stored;
  }

  /** What the audit log says of a mini program and of no user. */
  default List<AuditEvent> auditOf(AppId app) {
    List<AuditEvent> found = new ArrayList<>();
    Optional<AuditEntry> last = Optional.empty();
    do {
      List<AuditEntry> page = storage().auditLog().since(Instant.EPOCH, last, 1000);
      page.stream()
          .map(AuditEntry::event)
          .filter(event -> event.app().equals(Optional.of(app)) && event.user().isEmpty())
          .forEach(found::add);
      last = page.stream().reduce((_, later) -> later);
    } while (last.isPresent());
    return found;
  }

  /** What the audit log says of a user, the oldest first. */
  default List<AuditEvent> auditOf(UserId user) {
    return storage().auditLog().about(user, Instant.EPOCH, Optional.empty(), 1000).stream()
        .map(AuditEntry::event)
        .toList();
  }
}
