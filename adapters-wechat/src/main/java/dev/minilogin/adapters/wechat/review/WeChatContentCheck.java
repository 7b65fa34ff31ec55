package dev.minilogin.adapters.wechat.review;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import dev.minilogin.adapters.wechat.http.WeChatAnswer;
import dev.minilogin.adapters.wechat.http.WeChatRequest;
import dev.minilogin.adapters.wechat.token.AuthorizedClient;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.review.ContentCheck;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** msgSecCheck 2.0 and mediaCheckAsync 2.0, in the scene of a profile. */
@Singleton
final class WeChatContentCheck implements ContentCheck {
  private static final int VERSION = 2;
  private static final int PROFILE = 1;
  private static final int IMAGE = 2;
  private static final Map<String, Verdict> VERDICTS =
      Map.of("pass", Verdict.PASS, "review", Verdict.REVIEW, "risky", Verdict.RISKY);

  private final AuthorizedClient weChat;

  WeChatContentCheck(AuthorizedClient weChat) {
    this.weChat = weChat;
  }

  @Override
  public Reply<Verdict> text(MiniProgram app, OpenId openId, String text) {
    WeChatRequest request =
        WeChatRequest.post(
            WeChatApi.MSG_SEC_CHECK,
            Map.of(
                "content", text,
                "version", VERSION,
                "scene", PROFILE,
                "openid", openId.value()));
    return weChat.call(app, request, WeChatContentCheck::verdict);
  }

  @Override
  public Reply<TraceId> picture(MiniProgram app, OpenId openId, URI address) {
    WeChatRequest request =
        WeChatRequest.post(
            WeChatApi.MEDIA_CHECK_ASYNC,
            Map.of(
                "media_url", address.toString(),
                "media_type", IMAGE,
                "version", VERSION,
                "scene", PROFILE,
                "openid", openId.value()));
    return weChat.call(app, request, answer -> answer.text("trace_id").map(TraceId::new));
  }

  /**
   * The result decides; where it is missing, the worst of the details that are no errors of their
   * own. Version 1 knew an errcode instead.
   */
  private static Optional<Verdict> verdict(WeChatAnswer answer) {
    if (answer.errcode() == WeChatError.RISKY_CONTENT.errcode()) {
      return Optional.of(Verdict.RISKY);
    }
    Optional<WeChatAnswer> result = answer.object("result");
    return result.isPresent()
        ? result.flatMap(WeChatContentCheck::suggestion)
        : answer.objects("detail").stream()
            .filter(detail -> detail.errcode() == 0)
            .flatMap(detail -> suggestion(detail).stream())
            .max(Verdict::compareTo);
  }

  private static Optional<Verdict> suggestion(WeChatAnswer answer) {
    return answer.text("suggest").map(VERDICTS::get);
  }
}
