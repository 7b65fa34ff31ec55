package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What {@link EncryptedDataCheck} promises, given a WeChat that it talks to. */
public interface EncryptedDataCheckContract extends WeChatCallContract {
  /** The adapter under test. */
  EncryptedDataCheck encryptedDataCheck();

  /** What it talks to. */
  WeChat weChat();

  /** WeChat, as a test can play with it. */
  interface WeChat {
    /** A mini program; always the same one. */
    MiniProgram app();

    /** Encrypted phone data that WeChat makes for somebody in the mini program now. */
    EncryptedData phoneData();

    /** As {@link WeChatCallContract#failNext} says. */
    void failNext(WeChatFailure failure);
  }

  @Override
  default List<Supplier<Reply<?>>> calls() {
    return List.of(() -> check(weChat().phoneData()));
  }

  @Override
  default void failNext(WeChatFailure failure) {
    weChat().failNext(failure);
  }

  @Test
  default void what_wechat_made_is_known_to_it_again_and_again() {
    EncryptedData data = weChat().phoneData();
    assertThat(check(data)).isEqualTo(new Reply.Given<>(true));
    assertThat(check(data)).isEqualTo(new Reply.Given<>(true));
  }

  @Test
  default void what_somebody_else_made_is_not() {
    weChat().phoneData();
    assertThat(check(Sample.encryptedData())).isEqualTo(new Reply.Given<>(false));
  }

  private Reply<Boolean> check(EncryptedData data) {
    return encryptedDataCheck().isMadeByWeChat(weChat().app(), data);
  }
}
