package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What {@link SessionKeyAuthority} promises, given a WeChat that it talks to. */
public interface SessionKeyAuthorityContract extends WeChatCallContract {
  /** The adapter under test. */
  SessionKeyAuthority sessionKeyAuthority();

  /** What it talks to. */
  WeChat weChat();

  /** WeChat, as a test can play with it. */
  interface WeChat {
    /** A mini program; always the same one. */
    MiniProgram app();

    /**
     * The user's openid in the mini program.
     *
     * @param user a short name in lower case; whoever is not known yet is made
     */
    OpenId openIdOf(String user);

    /** A login of the user in the mini program. It gives the valid session_key, the last one. */
    SessionKey logIn(String user);

    /** The user's session_key is replaced at WeChat, whatever came of it: the old one is stale. */
    void replaceSessionKey(String user);

    /** The key of the encrypted channel that the user's phone has; its {@code left} is any. */
    EncryptKey encryptKeyOf(String user);

    /** Lets time pass until all keys of the encrypted channel have ended. */
    void endEncryptKeys();

    /** As {@link WeChatCallContract#failNext} says. */
    void failNext(WeChatFailure failure);
  }

  @Override
  default List<Supplier<Reply<?>>> calls() {
    return List.of(
        () -> isValid("alice", weChat().logIn("alice")),
        () -> reset("alice", weChat().logIn("alice")),
        () -> encryptKeys("alice", weChat().logIn("alice")));
  }

  @Override
  default void failNext(WeChatFailure failure) {
    weChat().failNext(failure);
  }

  // Checks

  @Test
  default void the_session_key_of_the_last_login_is_valid() {
    SessionKey key = weChat().logIn("alice");
    assertThat(isValid("alice", key)).isEqualTo(new Reply.Given<>(true));
    assertThat(isValid("alice", key)).isEqualTo(new Reply.Given<>(true));
  }

  @Test
  default void a_replaced_session_key_is_not_valid() {
    SessionKey key = weChat().logIn("alice");
    weChat().replaceSessionKey("alice");
    assertThat(isValid("alice", key)).isEqualTo(new Reply.Given<>(false));
  }

  @Test
  default void a_session_key_is_its_owners_alone() {
    SessionKey alices = weChat().logIn("alice");
    SessionKey bobs = weChat().logIn("bob");
    assertThat(isValid("alice", bobs)).isEqualTo(new Reply.Given<>(false));
    assertThat(isValid("bob", alices)).isEqualTo(new Reply.Given<>(false));
    assertThat(isValid("bob", bobs)).isEqualTo(new Reply.Given<>(true));
    assertThat(isValid("alice", Sample.sessionKey())).isEqualTo(new Reply.Given<>(false));
  }

  // Resets

  @Test
  default void a_reset_gives_another_valid_session_key_and_makes_the_old_one_stale() {
    SessionKey old = weChat().logIn("alice");
    SessionKey bobs = weChat().logIn("bob");
    SessionKey next = Replies.given(reset("alice", old));
    assertThat(next).isNotEqualTo(old);
    assertThat(isValid("alice", next)).isEqualTo(new Reply.Given<>(true));
    assertThat(isValid("alice", old)).isEqualTo(new Reply.Given<>(false));
    assertThat(isValid("bob", bobs)).isEqualTo(new Reply.Given<>(true));
  }

  @Test
  default void a_stale_session_key_resets_nothing() {
    SessionKey old = weChat().logIn("alice");
    SessionKey next = Replies.given(reset("alice", old));
    assertThat(Replies.failure(reset("alice", old))).isEqualTo(WeChatFailure.SESSION_KEY_STALE);
    assertThat(isValid("alice", next)).isEqualTo(new Reply.Given<>(true));
  }

  // Keys of the encrypted channel

  @Test
  default void the_newest_encrypt_key_is_the_one_that_the_phone_has() {
    SessionKey key = weChat().logIn("alice");
    EncryptKey phones = weChat().encryptKeyOf("alice");
    EncryptKey newest = Replies.given(encryptKeys("alice", key)).getFirst();
    assertThat(newest.reveal()).isEqualTo(phones.reveal());
    assertThat(newest.iv()).isEqualTo(phones.iv());
    assertThat(newest.version()).isEqualTo(phones.version());
    assertThat(newest.left()).isBetween(Duration.ofSeconds(1), Duration.ofHours(1));
  }

  @Test
  default void at_most_three_encrypt_keys_are_told_the_newest_first() {
    weChat().logIn("alice");
    for (int i = 0; i < 4; i++) {
      weChat().encryptKeyOf("alice");
      weChat().endEncryptKeys();
    }
    EncryptKey phones = weChat().encryptKeyOf("alice");
    List<EncryptKey> keys = Replies.given(encryptKeys("alice", weChat().logIn("alice")));
    assertThat(keys)
        .hasSizeBetween(1, 3)
        .isSortedAccordingTo(Comparator.comparing(EncryptKey::version).reversed());
    assertThat(keys).extracting(EncryptKey::version).doesNotHaveDuplicates();
    assertThat(keys.getFirst().version()).isEqualTo(phones.version());
    assertThat(keys.subList(1, keys.size())).allMatch(key -> !key.left().isPositive());
  }

  @Test
  default void two_people_have_two_encrypt_keys() {
    SessionKey alices = weChat().logIn("alice");
    SessionKey bobs = weChat().logIn("bob");
    assertThat(Replies.given(encryptKeys("alice", alices)).getFirst().reveal())
        .isNotEqualTo(Replies.given(encryptKeys("bob", bobs)).getFirst().reveal());
  }

  @Test
  default void a_stale_session_key_gives_no_encrypt_keys() {
    SessionKey key = weChat().logIn("alice");
    weChat().replaceSessionKey("alice");
    assertThat(Replies.failure(encryptKeys("alice", key)))
        .isEqualTo(WeChatFailure.SESSION_KEY_STALE);
  }

  private Reply<Boolean> isValid(String user, SessionKey key) {
    return sessionKeyAuthority().isValid(weChat().app(), weChat().openIdOf(user), key);
  }

  private Reply<SessionKey> reset(String user, SessionKey key) {
    return sessionKeyAuthority().reset(weChat().app(), weChat().openIdOf(user), key);
  }

  private Reply<List<EncryptKey>> encryptKeys(String user, SessionKey key) {
    return sessionKeyAuthority().encryptKeys(weChat().app(), weChat().openIdOf(user), key);
  }
}
