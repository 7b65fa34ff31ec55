package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.review.ContentCheck;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * WeChat's content security without WeChat: a text is what it says of itself, {@code risky} or
 * {@code review}, and passes otherwise; pictures are taken and nothing is pushed. Thread-safe.
 */
public final class InMemoryContentCheck extends InMemoryApi implements ContentCheck {
  /** A picture that WeChat was asked to look at. */
  public record Picture(OpenId openId, URI address, TraceId trace) {}

  private final Set<OpenId> away = new HashSet<>();
  private final List<Picture> pictures = new ArrayList<>();

  /** This person hasn't used the mini program in the last two hours. */
  public synchronized void setAway(OpenId openId) {
    away.add(openId);
  }

  /** The pictures that WeChat took, the first one first. */
  public synchronized List<Picture> pictures() {
    return List.copyOf(pictures);
  }

  @Override
  public Reply<Verdict> text(MiniProgram app, OpenId openId, String text) {
    return answer(
        () ->
            away.contains(openId)
                ? failed(WeChatFailure.NOT_VISITED)
                : new Reply.Given<>(verdict(text)));
  }

  @Override
  public Reply<TraceId> picture(MiniProgram app, OpenId openId, URI address) {
    return answer(
        () -> {
          if (away.contains(openId)) {
            return failed(WeChatFailure.NOT_VISITED);
          }
          Picture taken = new Picture(openId, address, Sample.traceId());
          pictures.add(taken);
          return new Reply.Given<>(taken.trace());
        });
  }

  private static Verdict verdict(String text) {
    for (Verdict verdict : List.of(Verdict.RISKY, Verdict.REVIEW)) {
      if (text.contains(verdict.name().toLowerCase(Locale.ROOT))) {
        return verdict;
      }
    }
    return Verdict.PASS;
  }
}
