package dev.minilogin.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuccessionTest {
  private static final Instant START = Instant.parse("2026-03-01T10:20:30.123Z");

  private final MiniProgram app = Sample.miniProgram(3);
  private final Device device = Sample.device();
  private final User user = User.firstSeen(Sample.userId(), START);

  @Test
  void who_has_no_sessions_begins_a_family() {
    NewLogin login = login(app, device);
    assertThat(Succession.of(login, List.of()))
        .isEqualTo(new Succession(List.of(), List.of(), login.sessionId()));
  }

  @Test
  void the_session_of_the_same_install_is_replaced_by_one_of_its_family() {
    Session same = open(app.appId(), device, 0);
    Session heir = same.renewed(Sample.sessionId(), START, SessionLifetimes.DEFAULT);
    assertThat(Succession.of(login(app, device), List.of(same)))
        .isEqualTo(new Succession(List.of(same), List.of(), same.family()));
    assertThat(Succession.of(login(app, device), List.of(heir)))
        .isEqualTo(new Succession(List.of(heir), List.of(), same.family()));
  }

  @Test
  void of_several_sessions_of_the_same_install_the_last_used_one_gives_its_family() {
    Session older = open(app.appId(), device, 0);
    Session newer = open(app.appId(), device, 1);
    for (List<Session> present : List.of(List.of(older, newer), List.of(newer, older))) {
      assertThat(Succession.of(login(app, device), present))
          .isEqualTo(new Succession(List.of(older, newer), List.of(), newer.family()));
    }
  }

  @Test
  void only_the_same_build_on_the_same_install_of_the_same_mini_program_is_replaced() {
    InstallHash install = device.install().orElseThrow();
    MiniProgram wide = Sample.miniProgram(10);
    Device trial = Sample.device(install, Optional.of(EnvVersion.TRIAL));
    Device silent = Sample.device(install, Optional.empty());
    List<Session> present =
        List.of(
            open(wide.appId(), trial, 0),
            open(wide.appId(), silent, 1),
            open(wide.appId(), Sample.device(), 2),
            open(wide.appId(), Device.UNKNOWN, 3),
            open(Sample.appId(), device, 4));
    NewLogin login = login(wide, device);
    assertThat(Succession.of(login, present))
        .isEqualTo(new Succession(List.of(), List.of(), login.sessionId()));
    assertThat(Succession.of(login(wide, silent), present).replaced())
        .containsExactly(present.get(1));
  }

  @Test
  void what_else_the_device_says_of_itself_is_no_matter() {
    Session same = open(app.appId(), device, 0);
    Device renamed =
        new Device(
            device.install(),
            Optional.of("another name"),
            Optional.empty(),
            device.envVersion(),
            Optional.of("2.0"),
            Optional.empty());
    assertThat(Succession.of(login(app, renamed), List.of(same)).replaced()).containsExactly(same);
  }

  @Test
  void an_install_that_is_not_told_replaces_nothing() {
    Session unknown = open(app.appId(), Device.UNKNOWN, 0);
    assertThat(Succession.of(login(app, Device.UNKNOWN), List.of(unknown)).replaced()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 9})
  void the_least_recently_used_give_way_until_there_is_room_for_one(int others) {
    List<Session> present = opened(others);
    Succession done = Succession.of(login(app, device), present.reversed());
    assertThat(done.retired()).isEqualTo(present.subList(0, Math.max(0, others - 2)));
    assertThat(done.replaced()).isEmpty();
  }

  @Test
  void a_session_that_is_replaced_takes_no_room() {
    Session same = open(app.appId(), device, 9);
    List<Session> others = opened(2);
    Succession done =
        Succession.of(login(app, device), Stream.concat(others.stream(), Stream.of(same)).toList());
    assertThat(done).isEqualTo(new Succession(List.of(same), List.of(), same.family()));
  }

  @Test
  void a_session_that_is_about_to_end_stays_as_it_is_and_takes_no_room() {
    Session.Ending soon = new Session.Ending(START.plusSeconds(30), EndReason.REPLACED);
    List<Session> ending =
        Stream.concat(Stream.of(open(app.appId(), device, 0)), opened(5).stream())
            .map(session -> session.endedBy(soon))
            .toList();
    NewLogin login = login(app, device);
    assertThat(Succession.of(login, ending))
        .isEqualTo(new Succession(List.of(), List.of(), login.sessionId()));
  }

  @Test
  void where_a_user_may_have_one_session_all_others_give_way() {
    List<Session> present = opened(4);
    assertThat(Succession.of(login(Sample.miniProgram(1), device), present).retired())
        .isEqualTo(present);
  }

  /** So many sessions on installs of their own, in the order in which they were last used. */
  private List<Session> opened(int count) {
    return IntStream.range(0, count).mapToObj(i -> open(app.appId(), Sample.device(), i)).toList();
  }

  private Session open(AppId appId, Device on, int seconds) {
    SessionId id = Sample.sessionId();
    return Session.open(
        id, id, user, appId, on, START.plusSeconds(seconds), SessionLifetimes.DEFAULT);
  }

  private static NewLogin login(MiniProgram at, Device on) {
    return Sample.newLogin(at, Sample.identity(), on, Optional.empty(), START.plusSeconds(20));
  }
}
