package dev.minilogin.domain.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushContent;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushRequest;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.Rotation;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.testing.StorageContract;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.OpenPid;
import dev.minilogin.domain.wechat.OpenedData;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;
import dev.minilogin.domain.wechat.UnionId;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
          () -> Sample.pushToken().reveal(),
          () -> Sample.pushToken().reveal(),
          () -> Sample.pushKey().reveal(),
          () -> Sample.pushKey().reveal(),
          () -> Sample.phoneNumber().national(),
          () -> Sample.phoneNumber().national(),
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
      make(type, refused);
    } catch (InvocationTargetException e) {
      assertPrintsNoPartOf(refused, e.getCause().toString());
    }
  }

  @Test
  void every_part_of_a_secret_is_masked() {
    PhoneNumber phone = new PhoneNumber("9876", Sample.phoneNumber().national());
    assertThat(phone.toString()).doesNotContain(phone.countryCode());
    assertHides(phone.national(), phone);
    EncryptKey key = new EncryptKey(Sample.text(24), Sample.text(16), 1, Duration.ofHours(1));
    assertHides(key.iv(), key);
  }

  @Test
  void personal_data_are_not_printed() {
    String text = Sample.text(64);
    OpenId openId = Sample.openId();
    StorageContract.Visitor visitor =
        new StorageContract.Visitor(Sample.miniProgram(), openId, recorded());
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), Sample.now());
    SessionKey sessionKey = Sample.sessionKey();
    AvatarKey avatar = Sample.avatarKey();
    ProfileChange change = new ProfileChange(Map.of(ProfileField.CITY, Optional.of(text)));
    FieldReview fieldReview =
        new FieldReview(Sample.uuid(), FieldReview.State.IN_REVIEW, Optional.of(text));
    Review review = Sample.review(visitor, ProfileField.AVATAR_URL, avatar.path());
    User user =
        User.firstSeen(Sample.userId(), Sample.now())
            .changed(change, Profile.Source.USER, Sample.now())
            .reviewing(ProfileField.NICKNAME, fieldReview, Sample.now())
            .withPhone(Optional.of(phone), Sample.now());
    PushEvent event =
        new PushEvent(
            Map.of("Event", "user_info_modified", "OpenID", openId.value(), "note", text));
    Map<Object, String> hidden = new HashMap<>();
    hidden.put(change, text);
    hidden.put(fieldReview, text);
    hidden.put(user, text);
    hidden.put(user.withPhone(Optional.of(phone), Sample.now()), phone.number().national());
    hidden.put(phone, phone.number().national());
    hidden.put(new Reply.Given<>(phone.number()), phone.number().national());
    hidden.put(review, avatar.value());
    hidden.put(avatar, avatar.value());
    hidden.put(Sample.review(visitor, ProfileField.NICKNAME, "n"), openId.value());
    hidden.put(new Push(Sample.uuid(), Sample.appId(), event, Sample.now(), 0), text);
    hidden.put(event, openId.value());
    hidden.put(event.content(), openId.value());
    hidden.put(new PushContent.Cancelled(openId), openId.value());
    hidden.put(new PushContent.Revoked(openId, Set.of(), true), openId.value());
    hidden.put(
        new Identity(Sample.appId(), openId, Sample.userId(), List.of(sessionKey)), openId.value());
    hidden.put(
        new Identity(Sample.appId(), Sample.openId(), Sample.userId(), List.of(sessionKey)),
        sessionKey.reveal());
    EncryptedData data = Sample.encryptedData();
    hidden.put(data, data.data());
    hidden.put(new SignedData(text, ""), text);
    hidden.put(new SignedData("", text), text);
    hidden.put(new OpenedData(text, Sample.now(), Optional.of(phone.number()), change), text);
    hidden.put(new PushRequest("", "", "", Optional.of(text), ""), text);
    hidden.put(new PushRequest(text, "", "", Optional.empty(), ""), text);
    hidden.put(new PushRequest("", "", "", Optional.empty(), text), text);
    hidden.forEach((holder, value) -> assertHides(value, holder));
  }

  @Test
  void a_push_with_an_unprintable_name_prints_none() {
    String name = "a name\nwith a line";
    assertHides(name, new PushEvent(Map.of("Event", name)));
    assertThat(new PushEvent(Map.of("Event", "user_info_modified")))
        .hasToString("PushEvent[user_info_modified]");
  }

  @Test
  void what_is_made_of_a_mini_programs_secrets_prints_none_of_them() {
    AccessToken token = Sample.accessToken();
    PushSettings push =
        new PushSettings(
            PushSettings.Mode.SECURE,
            PushSettings.Format.JSON,
            Sample.pushToken(),
            List.of(Sample.pushKey(), Sample.pushKey()));
    MiniProgram bare = Sample.miniProgram();
    MiniProgram app =
        new MiniProgram(
            bare.appId(),
            bare.secrets(),
            true,
            bare.lifetimes(),
            bare.policies(),
            Optional.of(push));
    assertHides(push.token().reveal(), app);
    push.keys().forEach(key -> assertHides(key.reveal(), app));
    assertHides(app.secrets().current().reveal(), app);
    assertHides(
        token.reveal(),
        new AccessTokens.State(
            Optional.of(new AccessTokens.Dated(token, Sample.now())),
            Sample.now(),
            Optional.empty(),
            Optional.empty()));
  }

  private static Logins.Recorded recorded() {
    NewLogin login = Sample.newLogin(Sample.miniProgram(), Sample.identity());
    User user = User.firstSeen(login.newUserId(), login.at());
    return new Logins.Recorded(login.token(), login.sessionOf(user, login.sessionId()), user, true);
  }

  @Test
  void identifiers_of_people_are_not_printed() {
    OpenPid openPid = new OpenPid("G" + Sample.text(27));
    assertHides(openPid.value(), openPid);
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
            + new Reply.Given<>(login.identity())
            + " "
            + new Rotation(
                session, login.sessionId(), login.token(), login.app().lifetimes(), login.at());
    assertThat(printed).contains("SessionToken[masked]", "SessionKey[masked]");
    Stream.of(
            login.app().secrets().current().reveal(),
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
        samples.add(make(type, form.get()));
      } catch (InvocationTargetException e) {
        assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(samples).as("forms that %s takes", type).hasSizeGreaterThanOrEqualTo(2);
    return samples;
  }

  private static Secret make(Class<?> type, String text) throws ReflectiveOperationException {
    if (type == PhoneNumber.class) {
      return make(type, "86", text);
    }
    if (type == EncryptKey.class) {
      return make(type, text, Sample.text(16), 1L, Duration.ofHours(1));
    }
    return make(type, new Object[] {text});
  }

  private static Secret make(Class<?> type, Object... components)
      throws ReflectiveOperationException {
    return (Secret) type.getDeclaredConstructors()[0].newInstance(components);
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
