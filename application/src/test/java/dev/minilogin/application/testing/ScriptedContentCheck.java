package dev.minilogin.application.testing;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.review.ContentCheck;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** WeChat's content security, which answers as it is told and notes what it is asked. */
public final class ScriptedContentCheck implements ContentCheck {
  /** A text and whose it is. */
  public record Text(OpenId openId, String text) {}

  private final List<Text> texts = new ArrayList<>();
  private final List<URI> pictures = new ArrayList<>();
  private final List<TraceId> traces = new ArrayList<>();
  private Supplier<Reply<Verdict>> answer = () -> new Reply.Given<>(Verdict.PASS);

  /** From now on texts get this verdict, and pictures are taken. */
  public void says(Verdict verdict) {
    answers(() -> new Reply.Given<>(verdict));
  }

  /** From now on nothing is looked at. */
  public void fails(WeChatFailure failure) {
    fails(failure, Optional.empty());
  }

  /** From now on nothing is looked at. */
  public void fails(WeChatFailure failure, Optional<Duration> retryAfter) {
    answers(() -> new Reply.Failed<>(failure, retryAfter));
  }

  /** From now on whoever asks ends with an exception, as if its instance ended. */
  public void endsTheInstance() {
    answers(
        () -> {
          throw new IllegalStateException("the instance ended");
        });
  }

  /** From now on it answers so. */
  public synchronized void answers(Supplier<Reply<Verdict>> next) {
    answer = next;
  }

  /** The texts that it was asked about. */
  public synchronized List<Text> texts() {
    return List.copyOf(texts);
  }

  /** The pictures that it was asked about. */
  public synchronized List<URI> pictures() {
    return List.copyOf(pictures);
  }

  /** Under which name the result of the newest picture is pushed. */
  public synchronized TraceId newestTrace() {
    return traces.getLast();
  }

  @Override
  public Reply<Verdict> text(MiniProgram app, OpenId openId, String text) {
    Supplier<Reply<Verdict>> now;
    synchronized (this) {
      texts.add(new Text(openId, text));
      now = answer;
    }
    return now.get();
  }

  @Override
  public synchronized Reply<TraceId> picture(MiniProgram app, OpenId openId, URI address) {
    pictures.add(address);
    return answer
        .get()
        .map(
            _ -> {
              TraceId trace = Sample.traceId();
              traces.add(trace);
              return trace;
            });
  }
}
