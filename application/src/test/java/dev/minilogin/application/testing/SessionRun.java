package dev.minilogin.application.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.application.session.CheckSession;
import dev.minilogin.application.session.EndAllSessions;
import dev.minilogin.application.session.EndOtherSessions;
import dev.minilogin.application.session.EndSession;
import dev.minilogin.application.session.ListSessions;
import dev.minilogin.application.session.LogIn;
import dev.minilogin.application.session.LogOut;
import dev.minilogin.application.user.BindPhone;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.testing.InMemoryEncryptedDataCheck;
import dev.minilogin.domain.testing.InMemoryPhoneCodeExchange;
import dev.minilogin.domain.testing.InMemoryRiskAssessment;
import dev.minilogin.domain.testing.InMemoryWeChat;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.testing.Storage;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.PhoneCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One trace: does each step with the real use cases and to the model, and compares what both have
 * come to. Besides, it watches over what must hold whatever the model says.
 */
final class SessionRun {
  /** A token that somebody was given. */
  private record Given(SessionToken token, Session opened, SessionModel.Entry entry) {}

  /** The use cases of one instance. */
  private record UseCases(
      Storage storage,
      LogIn logIn,
      CheckSession check,
      LogOut logOut,
      EndSession end,
      EndOtherSessions endOthers,
      EndAllSessions endAll,
      ListSessions list,
      BindPhone bindPhone) {}

  private final SessionTraces.Instances instances;
  private final List<UseCases> useCases;
  private final List<MiniProgram> apps;
  private final SessionModel model;
  private final MutableClock clock = new MutableClock(Sample.now());
  private final InMemoryWeChat weChat = new InMemoryWeChat();
  private final InMemoryPhoneCodeExchange phoneCodes = new InMemoryPhoneCodeExchange();
  private final List<PhoneNumber> numbers = Stream.generate(Sample::phoneNumber).limit(3).toList();
  private final String names = Sample.text(16);
  private final Map<Integer, UserId> users = new HashMap<>();
  private final List<Given> given = new ArrayList<>();
  private final Set<SessionToken> dead = new HashSet<>();
  private Instant latest = clock.instant();
  private int steps;

  SessionRun(SessionTraces.Instances instances, List<SessionTraces.App> apps) {
    this.instances = instances;
    this.useCases = instances.storages().stream().map(this::useCases).toList();
    this.apps =
        apps.stream().map(app -> Sample.miniProgram(app.lifetimes(), app.policy())).toList();
    this.model =
        new SessionModel(
            apps.stream()
                .map(
                    app ->
                        new SessionModel.App(
                            app.lifetimes().idle().toMillis(),
                            app.lifetimes().absolute().toMillis(),
                            app.perUser()))
                .toList());
    for (MiniProgram app : this.apps) {
      instances.storages().getFirst().miniPrograms().save(app);
      weChat.bind(app, names);
    }
  }

  private UseCases useCases(Storage storage) {
    Sessions sessions = storage.sessions();
    SecureRandom random = new SecureRandom();
    return new UseCases(
        storage,
        new LogIn(
            storage.miniPrograms(),
            weChat,
            storage.logins(),
            new InMemoryRiskAssessment(),
            storage.identities(),
            storage.auditLog(),
            Runnable::run,
            clock,
            random),
        new CheckSession(sessions, storage.miniPrograms(), clock),
        new LogOut(sessions, clock),
        new EndSession(sessions, clock),
        new EndOtherSessions(sessions, clock),
        new EndAllSessions(sessions, clock),
        new ListSessions(sessions, clock),
        new BindPhone(
            storage.miniPrograms(),
            storage.identities(),
            phoneCodes,
            new WeChatData().openData(),
            new InMemoryEncryptedDataCheck(),
            sessions,
            storage.phoneBindings(),
            clock,
            random));
  }

  /** How many were done. */
  int steps() {
    return steps;
  }

  void perform(SessionAction action) {
    // Of two sessions that are used in the same millisecond, either may be called the last used.
    clock.advance(Duration.ofMillis(1));
    switch (action) {
      case SessionAction.LogIn logIn -> logIn(logIn);
      case SessionAction.Wait(long millis) -> clock.set(clock.instant().plusMillis(millis));
      case SessionAction.EndAll(int instance, int person) -> endAll(at(instance), person);
      case SessionAction.Suspend(int person, boolean whether) -> suspend(person, whether);
      case SessionAction.Check(int instance, int token) when !given.isEmpty() ->
          check(at(instance), given(token));
      case SessionAction.LogOut(int instance, int token) when !given.isEmpty() ->
          logOut(at(instance), given(token));
      case SessionAction.End(int instance, int token, int other) when !given.isEmpty() ->
          end(at(instance), given(token), given(other));
      case SessionAction.EndOthers(int instance, int token) when !given.isEmpty() ->
          endOthers(at(instance), given(token));
      case SessionAction.BindPhone(int instance, int token, int number, boolean move)
          when !given.isEmpty() ->
          bindPhone(at(instance), given(token), number, move);
      case SessionAction.Reach(int token, SessionAction.Moment moment, int off)
          when !given.isEmpty() ->
          reach(given(token).entry(), moment, off);
      // Nobody has a token yet.
      default -> {}
    }
    latest = clock.instant().isAfter(latest) ? clock.instant() : latest;
    steps++;
    useCases.forEach(this::compare);
  }

  private UseCases at(int instance) {
    UseCases chosen = useCases.get(instance % useCases.size());
    instances.catchUp(chosen.storage());
    return chosen;
  }

  private Given given(int token) {
    return given.get(token % given.size());
  }

  private long now() {
    return clock.instant().toEpochMilli();
  }

  private void logIn(SessionAction.LogIn action) {
    if (model.hasTies(action.person(), now())) {
      return;
    }
    UseCases instance = at(action.instance());
    int appIndex = action.app() % apps.size();
    MiniProgram app = apps.get(appIndex);
    Device device = device(action.install(), action.build());
    LogIn.Result result =
        instance
            .logIn()
            .execute(
                new LogIn.Command(
                    app.appId(),
                    weChat.codeFor(name(action.person()), app),
                    Optional.empty(),
                    device,
                    Optional.empty()));
    SessionModel.Entry entry =
        model.logIn(action.person(), appIndex, action.install(), action.build(), now());
    if (model.isSuspended(action.person())) {
      assertThat(result).isEqualTo(new LogIn.UserSuspended());
      return;
    }
    assertThat(result).isInstanceOf(LogIn.LoggedIn.class);
    LogIn.LoggedIn in = (LogIn.LoggedIn) result;
    assertThat(in.login().newUser()).isEqualTo(!users.containsKey(action.person()));
    assertThat(users.computeIfAbsent(action.person(), _ -> in.login().user().id()))
        .isEqualTo(in.login().user().id());
    assertThat(in.login().session().device()).isEqualTo(device);
    assertThat(in.login().session().appId()).isEqualTo(app.appId());
    given.add(new Given(in.login().token(), in.login().session(), entry));
    assertRoom(instance, action.person(), app.policies().sessions().perUser());
  }

  private void check(UseCases instance, Given of) {
    checked(instance, of);
  }

  /** The session, if it is good; the same as any request begins with. */
  private Optional<Session> checked(UseCases instance, Given of) {
    CheckSession.Result result = instance.check().execute(of.token());
    Optional<EndReason> over = model.check(of.entry(), now());
    noteAnEarlyUse(instance, of, over.isEmpty());
    return switch (result) {
      case CheckSession.Active(Session session, Instant at) -> {
        assertThat(over).as("is good").isEmpty();
        assertThat(at).isEqualTo(clock.instant());
        assertThat(session.id()).isEqualTo(of.opened().id());
        if (useCases.size() == 1) {
          assertIs(session, of.entry());
        }
        yield Optional.of(session);
      }
      case CheckSession.Ended(EndReason reason) -> {
        assertThat(Optional.of(reason)).as("is over").isEqualTo(over);
        yield Optional.empty();
      }
      case CheckSession.Unknown() -> throw new AssertionError("a token was forgotten");
    };
  }

  /** An instance need not know of the uses at another one, and may write one down too early. */
  private void noteAnEarlyUse(UseCases instance, Given of, boolean good) {
    boolean written =
        stored(instance, of).session().lastSeenAt().equals(clock.instant())
            && of.entry().seen != now();
    if (useCases.size() > 1 && good && written && of.entry().end.isEmpty()) {
      model.use(of.entry(), now());
    }
  }

  private void logOut(UseCases instance, Given of) {
    checked(instance, of)
        .ifPresent(
            session -> {
              instance.logOut().execute(session);
              model.end(of.entry().person, of.entry(), now(), EndReason.SIGNED_OUT);
            });
  }

  private void end(UseCases instance, Given of, Given other) {
    checked(instance, of)
        .ifPresent(
            session -> {
              instance.end().execute(session.userId(), other.opened().id());
              model.end(of.entry().person, other.entry(), now(), EndReason.REVOKED);
            });
  }

  private void endOthers(UseCases instance, Given of) {
    checked(instance, of)
        .ifPresent(
            session ->
                assertThat(instance.endOthers().execute(session))
                    .isEqualTo(model.endOthers(of.entry(), now())));
  }

  private void endAll(UseCases instance, int person) {
    Optional<UserId> user = Optional.ofNullable(users.get(person));
    assertThat(instance.endAll().execute(user.orElseGet(Sample::userId), Actor.operator("ann")))
        .isEqualTo(user.isPresent());
    user.ifPresent(_ -> model.endAll(person));
  }

  private void suspend(int person, boolean whether) {
    UserId user = users.get(person);
    if (user != null) {
      instances.setStatus(
          useCases.getFirst().storage().users().find(user).orElseThrow(),
          whether ? User.Status.SUSPENDED : User.Status.ACTIVE);
      model.suspend(person, whether);
    }
  }

  private void bindPhone(UseCases instance, Given of, int number, boolean move) {
    checked(instance, of).ifPresent(session -> bindPhone(instance, of, session, number, move));
  }

  private void bindPhone(UseCases instance, Given of, Session session, int number, boolean move) {
    MiniProgram app = apps.get(of.entry().app);
    PhoneCode code =
        phoneCodes.codeFor(app, weChat.openIdOf(name(of.entry().person), app), numbers.get(number));
    BindPhone.Result result =
        instance
            .bindPhone()
            .execute(new BindPhone.Command(session, true, new BindPhone.ByCode(code), move));
    switch (model.bindPhone(of.entry(), number, move, now())) {
      case SessionModel.Binding.Unchanged() -> {
        assertThat(result).isInstanceOf(BindPhone.Bound.class);
        assertThat(((BindPhone.Bound) result).renewed()).isEmpty();
      }
      case SessionModel.Binding.Taken() -> assertThat(result).isEqualTo(new BindPhone.Taken());
      case SessionModel.Binding.Over() -> assertThat(result).isEqualTo(new BindPhone.SessionOver());
      case SessionModel.Binding.Renewed(SessionModel.Entry entry) -> {
        assertThat(result).isInstanceOf(BindPhone.Bound.class);
        BindPhone.Renewed renewed = ((BindPhone.Bound) result).renewed().orElseThrow();
        assertThat(renewed.session().device()).isEqualTo(of.opened().device());
        given.add(new Given(renewed.token(), renewed.session(), entry));
      }
    }
  }

  /** Moves the clock on; it goes back a little at the most. */
  private void reach(SessionModel.Entry entry, SessionAction.Moment moment, int off) {
    Optional<Long> target =
        switch (moment) {
          case SLIDES ->
              Optional.of(
                  entry.seen
                      + Math.min(600_000, apps.get(entry.app).lifetimes().idle().toMillis() / 10));
          case IDLE_END -> Optional.of(entry.idleEnd);
          case ABSOLUTE_END -> Optional.of(entry.absoluteEnd);
          case ENDING -> entry.end.map(SessionModel.End::at);
          case SUSPECT -> entry.end.map(end -> end.at() + 30_000);
        };
    target
        .map(millis -> millis + off)
        .filter(millis -> millis >= now() - 2_000)
        .ifPresent(millis -> clock.set(Instant.ofEpochMilli(millis)));
  }

  // What both have come to

  private void compare(UseCases instance) {
    instances.catchUp(instance.storage());
    for (Given token : given) {
      Sessions.Held stored = stored(instance, token);
      SessionModel.Entry entry = token.entry();
      assertIs(stored.session(), entry);
      assertThat(stored.account().sessionEpoch()).isEqualTo(model.epoch(entry.person));
      Optional<EndReason> over = model.over(entry, now());
      assertThat(stored.endedAt(clock.instant())).as("stored").isEqualTo(over);
      assertThat(
              instance
                  .storage()
                  .sessions()
                  .find(token.token())
                  .orElseThrow()
                  .endedAt(clock.instant()))
          .as("remembered")
          .isEqualTo(over);
      assertStaysDead(token, stored);
    }
    users.forEach((person, user) -> compareList(instance, person, user));
  }

  private void compareList(UseCases instance, int person, UserId user) {
    List<Session> listed = instance.list().execute(user);
    assertThat(listed).isSortedAccordingTo(Comparator.comparing(Session::lastSeenAt).reversed());
    assertThat(listed)
        .extracting(this::outline)
        .containsExactlyInAnyOrderElementsOf(
            model.listed(person, now()).stream().map(this::outline).toList());
    if (!clock.instant().isBefore(latest)) {
      assertOneAnInstall(listed);
      int mostOfAll =
          apps.stream().mapToInt(app -> app.policies().sessions().perUser()).max().orElseThrow();
      assertRoom(instance, person, mostOfAll);
    }
  }

  /** What a session and its entry have in common; of some sessions nobody knows the handle. */
  private record Outline(
      String app, Device device, long created, long seen, long idleEnd, long absoluteEnd) {}

  private Outline outline(Session session) {
    return new Outline(
        session.appId().value(),
        session.device(),
        session.createdAt().toEpochMilli(),
        session.lastSeenAt().toEpochMilli(),
        session.idleExpiresAt().toEpochMilli(),
        session.absoluteExpiresAt().toEpochMilli());
  }

  private Outline outline(SessionModel.Entry entry) {
    return new Outline(
        apps.get(entry.app).appId().value(),
        device(entry.install, entry.build),
        entry.created,
        entry.seen,
        entry.idleEnd,
        entry.absoluteEnd);
  }

  private void assertIs(Session session, SessionModel.Entry entry) {
    assertThat(outline(session)).isEqualTo(outline(entry));
    assertThat(session.epoch()).isEqualTo(entry.epoch);
    assertThat(session.userId()).isEqualTo(users.get(entry.person));
    assertThat(session.ending())
        .isEqualTo(
            entry.end.map(end -> new Session.Ending(Instant.ofEpochMilli(end.at()), end.reason())));
    assertThat(session.idleExpiresAt()).isBeforeOrEqualTo(session.absoluteExpiresAt());
  }

  // What must hold whatever the model says

  private void assertStaysDead(Given token, Sessions.Held held) {
    boolean over = held.endedAt(clock.instant()).isPresent();
    if (dead.contains(token.token())) {
      boolean beforeItsEnd =
          held.session()
              .ending()
              .filter(end -> end.reason() == EndReason.REPLACED)
              .filter(end -> clock.instant().isBefore(end.at()))
              .isPresent();
      assertThat(over || beforeItsEnd).as("what has ended is never good again").isTrue();
    } else if (over && isForEver(held)) {
      dead.add(token.token());
    }
  }

  /** A suspension can be lifted; what expires does so by the clock, which may go back a little. */
  private boolean isForEver(Sessions.Held held) {
    return held.session().ending().filter(end -> !clock.instant().isBefore(end.at())).isPresent()
        || held.session().epoch() < held.account().sessionEpoch();
  }

  private void assertRoom(UseCases instance, int person, int most) {
    assertThat(instance.list().execute(users.get(person)))
        .filteredOn(session -> session.ending().isEmpty())
        .hasSizeLessThanOrEqualTo(most);
  }

  private static void assertOneAnInstall(List<Session> listed) {
    assertThat(
            listed.stream()
                .filter(session -> session.ending().isEmpty())
                .filter(session -> session.device().install().isPresent())
                .map(
                    session ->
                        List.of(
                            session.appId(),
                            session.device().install(),
                            session.device().envVersion())))
        .doesNotHaveDuplicates();
  }

  private static Sessions.Held stored(UseCases instance, Given token) {
    return instance.storage().sessions().findStored(token.token()).orElseThrow();
  }

  private String name(int person) {
    return names + person;
  }

  private Device device(int install, int build) {
    return new Device(
        install < 0 ? Optional.empty() : Optional.of(InstallHash.of(names + " install " + install)),
        Optional.of("iPhone 15"),
        Optional.of("ios"),
        build < EnvVersion.values().length
            ? Optional.of(EnvVersion.values()[build])
            : Optional.empty(),
        Optional.of("1.4.2"),
        Optional.empty());
  }
}
