package dev.minilogin.adapters.web.problem;

import dev.minilogin.domain.session.EndReason;
import io.micronaut.core.annotation.Nullable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Ends a request with a problem document. Carries no stack trace: it is an outcome, no defect. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final transient @Nullable Duration retryAfter;
  private final @Nullable String reason;
  private final transient List<Problem.FieldError> errors;

  private ProblemException(
      ProblemCode code,
      @Nullable Duration retryAfter,
      @Nullable String reason,
      List<Problem.FieldError> errors,
      @Nullable Throwable cause) {
    super(code.text(), cause, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
    this.reason = reason;
    this.errors = errors;
  }

  /** A problem without more to say. */
  public static ProblemException of(ProblemCode code) {
    return new ProblemException(code, null, null, List.of(), null);
  }

  /** A problem that may be over after some time. */
  public static ProblemException of(ProblemCode code, Optional<Duration> retryAfter) {
    return new ProblemException(code, retryAfter.orElse(null), null, List.of(), null);
  }

  /** A problem that something failed for, which is logged and not told. */
  public static ProblemException of(ProblemCode code, Throwable cause) {
    return new ProblemException(code, null, null, List.of(), cause);
  }

  /** A session that has ended. */
  public static ProblemException sessionEnded(EndReason reason) {
    String text = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new ProblemException(ProblemCode.SESSION_ENDED, null, text, List.of(), null);
  }

  /** The account of the session's user is gone. */
  public static ProblemException accountDeleted() {
    return sessionEnded(EndReason.ACCOUNT_DELETED);
  }

  /**
   * A request with invalid fields.
   *
   * @param errors at least one
   */
  public static ProblemException invalid(List<Problem.FieldError> errors) {
    return new ProblemException(ProblemCode.INVALID_REQUEST, null, null, List.copyOf(errors), null);
  }

  /** A body that isn't what its content type says. */
  public static ProblemException malformedBody() {
    return invalid(
        List.of(new Problem.FieldError("body", "is missing or does not have the right form")));
  }

  /** What happened. */
  public ProblemCode code() {
    return code;
  }

  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  @Nullable
  String reason() {
    return reason;
  }

  List<Problem.FieldError> errors() {
    return errors;
  }
}
