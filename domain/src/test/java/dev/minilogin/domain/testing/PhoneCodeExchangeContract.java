package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.PhoneCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What {@link PhoneCodeExchange} promises, given a WeChat that it talks to. */
public interface PhoneCodeExchangeContract extends WeChatCallContract {
  /** The adapter under test. */
  PhoneCodeExchange phoneCodeExchange();

  /** What it talks to. */
  WeChat weChat();

  /** WeChat, as a test can play with it. */
  interface WeChat {
    /** A mini program; always the same one. */
    MiniProgram app();

    /** Another one; always the same one. */
    MiniProgram otherApp();

    /**
     * The user's openid in a mini program.
     *
     * @param user a short name in lower case; whoever is not known yet is made
     */
    OpenId openIdOf(String user, MiniProgram app);

    /** What the phone-number button gives to a user who has that number: a new code. */
    PhoneCode codeFor(String user, MiniProgram app, PhoneNumber number);

    /** As {@link WeChatCallContract#failNext} says. */
    void failNext(WeChatFailure failure);
  }

  @Override
  default List<Supplier<Reply<?>>> calls() {
    return List.of(() -> exchange(codeOf("alice", Sample.phoneNumber()), "alice"));
  }

  @Override
  default void failNext(WeChatFailure failure) {
    weChat().failNext(failure);
  }

  @Test
  default void a_code_gives_the_number_of_its_user() {
    PhoneNumber alices = Sample.phoneNumber();
    PhoneNumber bobs = new PhoneNumber("852", "51234567");
    PhoneCode aliceCode = codeOf("alice", alices);
    PhoneCode bobCode = codeOf("bob", bobs);
    assertThat(Replies.given(exchange(bobCode, "bob"))).isEqualTo(bobs);
    assertThat(Replies.given(exchange(aliceCode, "alice"))).isEqualTo(alices);
  }

  @Test
  default void a_code_is_good_once() {
    PhoneCode code = codeOf("alice", Sample.phoneNumber());
    assertThat(exchange(code, "alice")).isInstanceOf(Reply.Given.class);
    assertThat(exchange(code, "alice")).isEqualTo(invalid());
  }

  @Test
  default void of_parallel_exchanges_of_one_code_one_succeeds() {
    PhoneCode code = codeOf("alice", Sample.phoneNumber());
    List<Reply<PhoneNumber>> replies = AtOnce.run(4, _ -> exchange(code, "alice"));
    assertThat(replies).filteredOn(Reply.Given.class::isInstance).hasSize(1);
    assertThat(replies).filteredOn(reply -> reply.equals(invalid())).hasSize(3);
  }

  @Test
  default void a_code_of_another_person_is_invalid() {
    PhoneCode code = codeOf("alice", Sample.phoneNumber());
    assertThat(exchange(code, "bob")).isEqualTo(invalid());
  }

  @Test
  default void a_code_of_another_mini_program_is_invalid() {
    PhoneCode code = weChat().codeFor("alice", weChat().otherApp(), Sample.phoneNumber());
    assertThat(exchange(code, "alice")).isEqualTo(invalid());
  }

  @Test
  default void a_code_that_nobody_gave_is_invalid() {
    assertThat(exchange(Sample.phoneCode(), "alice")).isEqualTo(invalid());
    assertThat(exchange(new PhoneCode(Sample.text(256)), "alice")).isEqualTo(invalid());
  }

  private PhoneCode codeOf(String user, PhoneNumber number) {
    return weChat().codeFor(user, weChat().app(), number);
  }

  private Reply<PhoneNumber> exchange(PhoneCode code, String user) {
    MiniProgram app = weChat().app();
    return phoneCodeExchange().exchange(app, code, weChat().openIdOf(user, app));
  }

  private static Reply<PhoneNumber> invalid() {
    return new Reply.Failed<>(WeChatFailure.CODE_INVALID);
  }
}
