package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.review.ContentCheck;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ContentCheck} promises, given a WeChat that it talks to. */
public interface ContentCheckContract extends WeChatCallContract {
  /** The adapter under test. */
  ContentCheck contentCheck();

  /** What it talks to. */
  WeChat weChat();

  /** WeChat, as a test can play with it. */
  interface WeChat {
    /** A mini program; always the same one. */
    MiniProgram app();

    /**
     * The openid of a user who uses the mini program now.
     *
     * @param user a short name in lower case; whoever is not known yet is made
     */
    OpenId present(String user);

    /** The openid of a user who hasn't used the mini program in the last two hours. */
    OpenId away(String user);

    /** A text of which WeChat says so. */
    String text(Verdict verdict);

    /** Where WeChat can fetch a picture. */
    URI pictureAddress();

    /** As {@link WeChatCallContract#failNext} says. */
    void failNext(WeChatFailure failure);
  }

  @Override
  default List<Supplier<Reply<?>>> calls() {
    return List.of(
        () -> text(weChat().present("alice"), "Ann"), () -> picture(weChat().present("alice")));
  }

  @Override
  default void failNext(WeChatFailure failure) {
    weChat().failNext(failure);
  }

  @ParameterizedTest
  @EnumSource
  default void a_text_gets_the_verdict_of_wechat(Verdict verdict) {
    assertThat(text(weChat().present("alice"), weChat().text(verdict)))
        .isEqualTo(new Reply.Given<>(verdict));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "微信", "😀𠮷👨‍👩‍👧‍👦", "\" \\ / {} [] \u2028", "%s &a=b #"})
  default void every_text_can_be_asked_about(String text) {
    assertThat(text(weChat().present("alice"), text)).isEqualTo(new Reply.Given<>(Verdict.PASS));
  }

  @Test
  default void the_longest_text_can_be_asked_about() {
    assertThat(text(weChat().present("alice"), "长".repeat(2500)))
        .isEqualTo(new Reply.Given<>(Verdict.PASS));
  }

  @Test
  default void every_picture_gets_a_trace_of_its_own() {
    OpenId alice = weChat().present("alice");
    TraceId first = Replies.given(picture(alice));
    TraceId second = Replies.given(picture(alice));
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  default void nothing_is_said_about_somebody_who_is_away() {
    OpenId bob = weChat().away("bob");
    assertThat(Replies.failure(text(bob, "Bob"))).isEqualTo(WeChatFailure.NOT_VISITED);
    assertThat(Replies.failure(picture(bob))).isEqualTo(WeChatFailure.NOT_VISITED);
  }

  private Reply<Verdict> text(OpenId openId, String text) {
    return contentCheck().text(weChat().app(), openId, text);
  }

  private Reply<TraceId> picture(OpenId openId) {
    return contentCheck().picture(weChat().app(), openId, weChat().pictureAddress());
  }
}
