package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.adapters.web.problem.WeChatProblems;
import dev.minilogin.application.user.BindPhone;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.Optional;

/** What a client is told when no phone number was bound. */
public final class PhoneProblems {
  private PhoneProblems() {}

  /**
   * The problem of a result.
   *
   * @throws IllegalArgumentException if the number was bound
   */
  public static ProblemException of(BindPhone.Result result) {
    return switch (result) {
      case BindPhone.Bound(User _, Optional<BindPhone.Renewed> _) ->
          throw new IllegalArgumentException("there is no problem");
      case BindPhone.Taken() -> ProblemException.of(ProblemCode.PHONE_TAKEN);
      case BindPhone.ExchangeFailed(WeChatFailure failure, Optional<Duration> retryAfter) ->
          WeChatProblems.of(failure, retryAfter);
      case BindPhone.DataRefused() -> ProblemException.of(ProblemCode.OPEN_DATA_REFUSED);
      case BindPhone.NoAttemptsLeft() -> ProblemException.of(ProblemCode.OPEN_DATA_LOCKED);
      case BindPhone.NotRecorded(StorageUnavailable failure) ->
          ProblemException.of(ProblemCode.PHONE_NOT_RECORDED, failure);
      case BindPhone.SessionOver() -> ProblemException.sessionEnded(EndReason.REPLACED);
      case BindPhone.AccountGone() -> ProblemException.accountDeleted();
    };
  }
}
