package dev.minilogin.domain.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsAreMaskedTest {
  /** Forms that a secret may have; each secret takes two at least. */
  private static final List<Supplier<String>> FORMS =
      List.of(
          () -> Sample.token().reveal(),
          () -> Sample.token().reveal(),
          () -> Sample.resendKey().reveal(),
          () -> Sample.resendKey().reveal(),
          () -> Sample.text(24),
          () -> Sample.text(32),
          () -> Sample.text(128));

  /** So many characters of a value in a row are no accident. */
  private static final int PART = 5;

  private record Holder(Object held) {}

  @Test
  void the_search_sees_the_secrets() throws Exception {
    assertThat(secrets()).contains(SessionToken.class, AppSecret.class);
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void every_secret_is_a_record_so_that_nothing_inherits_from_it(Class<?> type) {
    assertThat(type).isRecord();
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void a_secret_prints_the_same_whatever_its_value(Class<?> type) throws Exception {
    List<Secret> samples = samples(type);
    assertThat(samples).extracting(Object::toString).containsOnly(samples.getFirst().masked());
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void a_secret_prints_no_part_of_its_value(Class<?> type) throws Exception {
    for (Secret secret : samples(type)) {
      assertHides(secret.reveal().toString(), secret);
    }
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void a_refused_value_is_not_in_the_exception(Class<?> type) throws Exception {
    String refused = Sample.text(300) + "\n";
    try {
      constructor(type).newInstance(refused);
    } catch (InvocationTargetException e) {
      assertPrintsNoPartOf(refused, e.getCause().toString());
    }
  }

  @Test
  void identifiers_of_people_are_not_printed() {
    OpenId openId = Sample.openId();
    assertHides(openId.value(), openId);
    UnionId unionId = Sample.unionId();
    assertHides(unionId.value(), unionId);
  }

  @Test
  void what_is_made_of_secrets_prints_none_of_them() {
    NewLogin login =
        Sample.newLogin(
            Sample.miniProgram(),
            Sample.identity(Sample.openId(), Sample.unionId()),
            Device.UNKNOWN,
            Optional.of(Sample.resendKey()),
            Sample.now());
    User user = User.firstSeen(login.newUserId(), login.at());
    Session session =
        Session.open(
            login.sessionId(),
            user,
            login.app().appId(),
            login.device(),
            login.at(),
            login.app().lifetimes());
    Logins.Recorded recorded = new Logins.Recorded(login.token(), session, user, true);
    String printed =
        login
            + " "
            + recorded
            + " "
            + new Logins.Outcome.Resent(recorded)
            + " "
            + new CodeExchange.Exchanged(login.identity());
    assertThat(printed).contains("SessionToken[masked]", "SessionKey[masked]");
    Stream.of(
            login.app().secret().reveal(),
            login.identity().openId().value(),
            login.identity().unionId().orElseThrow().value(),
            login.identity().sessionKey().reveal(),
            login.token().reveal(),
            login.resendKey().orElseThrow().reveal())
        .forEach(value -> assertPrintsNoPartOf(value, printed));
  }

  private static void assertHides(String value, Object holder) {
    assertPrintsNoPartOf(value, holder.toString());
    assertPrintsNoPartOf(value, String.valueOf(holder));
    assertPrintsNoPartOf(value, "%s".formatted(holder));
    assertPrintsNoPartOf(value, new Holder(holder).toString());
    assertPrintsNoPartOf(value, Optional.of(holder).toString());
    assertPrintsNoPartOf(value, List.of(holder).toString());
    assertPrintsNoPartOf(value, Map.of(holder, holder).toString());
  }

  private static void assertPrintsNoPartOf(String value, String printed) {
    for (int i = 0; i + PART <= value.length(); i++) {
      assertThat(printed).doesNotContain(value.substring(i, i + PART));
    }
  }

  private static List<Secret> samples(Class<?> type) throws ReflectiveOperationException {
    List<Secret> samples = new ArrayList<>();
    for (Supplier<String> form : FORMS) {
      try {
        samples.add((Secret) constructor(type).newInstance(form.get()));
      } catch (InvocationTargetException e) {
        assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(samples).as("forms that %s takes", type).hasSizeGreaterThanOrEqualTo(2);
    return samples;
  }

  private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
    return type.getDeclaredConstructor(String.class);
  }

  /** Every class of this module that implements {@link Secret}, found by its class file. */
  private static List<Class<?>> secrets() throws IOException, URISyntaxException {
    Path root = Path.of(Secret.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.replace(".class", "").replace('/', '.'))
          .<Class<?>>map(SecretsAreMaskedTest::load)
          .filter(type -> Secret.class.isAssignableFrom(type) && !type.isInterface())
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, SecretsAreMaskedTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
