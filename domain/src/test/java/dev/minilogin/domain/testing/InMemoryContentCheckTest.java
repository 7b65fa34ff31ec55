package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.review.ContentCheck;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class InMemoryContentCheckTest implements ContentCheckContract, ContentCheckContract.WeChat {
  private final InMemoryWeChat people = new InMemoryWeChat();
  private final InMemoryContentCheck inMemory = new InMemoryContentCheck();
  private final MiniProgram app = Sample.miniProgram();

  @Override
  public ContentCheck contentCheck() {
    return inMemory;
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public MiniProgram app() {
    return app;
  }

  @Override
  public OpenId present(String user) {
    return people.openIdOf(user, app);
  }

  @Override
  public OpenId away(String user) {
    OpenId openId = people.openIdOf(user, app);
    inMemory.setAway(openId);
    return openId;
  }

  @Override
  public String text(Verdict verdict) {
    return "a text that is " + verdict.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public URI pictureAddress() {
    return URI.create("https://example.com/avatars/" + Sample.avatarKey().value());
  }

  @Override
  public void failNext(WeChatFailure failure) {
    inMemory.failNext(failure);
  }

  @Test
  void the_pictures_that_were_taken_are_remembered() {
    OpenId openId = Sample.openId();
    URI address = pictureAddress();
    TraceId trace = Replies.given(inMemory.picture(app, openId, address));
    assertThat(inMemory.pictures())
        .containsExactly(new InMemoryContentCheck.Picture(openId, address, trace));
  }
}
