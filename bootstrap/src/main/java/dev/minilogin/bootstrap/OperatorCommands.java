package dev.minilogin.bootstrap;

import dev.minilogin.adapters.persistence.keys.KeyReport;
import dev.minilogin.adapters.web.user.PublicAddress;
import dev.minilogin.application.account.EraseUser;
import dev.minilogin.application.account.ReinstateUser;
import dev.minilogin.application.account.SuspendUser;
import dev.minilogin.application.merge.ListMerges;
import dev.minilogin.application.merge.MergeAccounts;
import dev.minilogin.application.merge.UndoMerge;
import dev.minilogin.application.push.ReplayPushes;
import dev.minilogin.application.review.DecideReview;
import dev.minilogin.application.review.ListHeldReviews;
import dev.minilogin.application.session.EndAllSessions;
import dev.minilogin.domain.audit.AuditHead;
import dev.minilogin.domain.merge.Merge;
import dev.minilogin.domain.merge.Merges;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import io.micronaut.context.ApplicationContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an operator can have done from the command line, beside running servers. */
final class OperatorCommands {
  /** Set while a command runs: it registers no mini programs and runs no workers. */
  static final String RUNNING = "mini-login.command";

  /** How to call them. */
  static final String USAGE =
      """
      java -jar mini-login.jar                                  runs the server
      java -jar mini-login.jar replay-pushes <appId> <since>    lets pushes take effect again that were
                                                                received since 2026-01-31T10:00:00Z
      java -jar mini-login.jar held-reviews                     lists what waits for a decision
      java -jar mini-login.jar decide-review <id> pass|refuse   decides
      java -jar mini-login.jar keys                             counts what stands under each key, and
                                                                tells which key may be removed
      java -jar mini-login.jar verify-audit [<head>]            finds out whether the audit log is as it
                                                                was written, and tells its head
      java -jar mini-login.jar audit <since> [<userId>]         lists what happened, to that user
      java -jar mini-login.jar suspend-user <userId>            locks an account and ends its sessions
      java -jar mini-login.jar reinstate-user <userId>          unlocks it
      java -jar mini-login.jar end-sessions <userId>            ends a user's sessions
      java -jar mini-login.jar delete-user <userId>             erases an account, for good
      java -jar mini-login.jar merges                           lists accounts that are one person's
      java -jar mini-login.jar merge-accounts <id>              makes one account of two
      java -jar mini-login.jar undo-merge <id>                  makes two accounts of one again
      """;

  private static final Map<String, Integer> ARGUMENTS =
      Map.ofEntries(
          Map.entry("replay-pushes", 2),
          Map.entry("held-reviews", 0),
          Map.entry("decide-review", 2),
          Map.entry("keys", 0),
          Map.entry("verify-audit", 0),
          Map.entry("audit", 1),
          Map.entry("suspend-user", 1),
          Map.entry("reinstate-user", 1),
          Map.entry("end-sessions", 1),
          Map.entry("delete-user", 1),
          Map.entry("merges", 0),
          Map.entry("merge-accounts", 1),
          Map.entry("undo-merge", 1));

  /** Those that may have one argument more. */
  private static final Set<String> OPEN = Set.of("verify-audit", "audit");

  private OperatorCommands() {}

  /** Whether the arguments ask how to call the commands. */
  static boolean isHelpAskedFor(String[] args) {
    return args.length == 1 && List.of("help", "--help", "-h").contains(args[0]);
  }

  /** Whether the arguments ask for a command and not for a server. */
  static boolean isAskedFor(String[] args) {
    return args.length > 0 && !args[0].startsWith("-");
  }

  /**
   * Runs the command that the arguments ask for.
   *
   * @param start starts everything but the server
   * @return what to tell the operator
   * @throws IllegalArgumentException if there is no such command, or it is called in another way
   */
  static String run(String[] args, Function<Map<String, Object>, ApplicationContext> start) {
    Integer arguments = ARGUMENTS.get(args[0]);
    if (arguments == null || !isCalled(args, arguments)) {
      throw new IllegalArgumentException(USAGE);
    }
    return switch (args[0]) {
      case "replay-pushes" -> {
        AppId appId = new AppId(args[1]);
        Instant since = instant(args[2]);
        yield with(start, context -> replay(context, appId, since));
      }
      case "held-reviews" -> with(start, OperatorCommands::held);
      case "decide-review" -> {
        UUID review = UUID.fromString(args[1]);
        boolean passed = passed(args[2]);
        yield with(start, context -> decide(context, review, passed));
      }
      case "keys" ->
          with(start, context -> String.join("\n", context.getBean(KeyReport.class).lines()));
      case "verify-audit" -> {
        Optional<AuditHead> head = argument(args, 1).map(AuditHead::parse);
        yield with(start, context -> AuditCommands.verify(context, head, operator(context)));
      }
      case "audit" -> {
        Instant since = instant(args[1]);
        Optional<UUID> user = argument(args, 2).map(UUID::fromString);
        yield with(start, context -> AuditCommands.list(context, since, user));
      }
      case "suspend-user" -> {
        UserId user = user(args[1]);
        yield with(start, context -> suspend(context, user));
      }
      case "reinstate-user" -> {
        UserId user = user(args[1]);
        yield with(start, context -> reinstate(context, user));
      }
      case "end-sessions" -> {
        UserId user = user(args[1]);
        yield with(start, context -> endSessions(context, user));
      }
      case "delete-user" -> {
        UserId user = user(args[1]);
        yield with(start, context -> delete(context, user));
      }
      case "merges" -> with(start, OperatorCommands::merges);
      case "merge-accounts" -> {
        UUID id = UUID.fromString(args[1]);
        yield with(
            start,
            context ->
                told(
                    context.getBean(MergeAccounts.class).execute(id, operator(context)), "merged"));
      }
      case "undo-merge" -> {
        UUID id = UUID.fromString(args[1]);
        yield with(
            start,
            context ->
                told(context.getBean(UndoMerge.class).execute(id, operator(context)), "undone"));
      }
      default -> throw new IllegalArgumentException(USAGE);
    };
  }

  private static boolean isCalled(String[] args, int arguments) {
    int more = args.length - 1 - arguments;
    return more == 0 || more == 1 && OPEN.contains(args[0]);
  }

  private static Optional<String> argument(String[] args, int number) {
    return args.length > number ? Optional.of(args[number]) : Optional.empty();
  }

  private static String with(
      Function<Map<String, Object>, ApplicationContext> start,
      Function<ApplicationContext, String> command) {
    try (ApplicationContext context = start.apply(Map.of(RUNNING, true))) {
      return command.apply(context);
    }
  }

  private static String replay(ApplicationContext context, AppId appId, Instant since) {
    int count = context.getBean(ReplayPushes.class).execute(appId, since, operator(context));
    return count + " pushes will take effect again";
  }

  private static String held(ApplicationContext context) {
    String list =
        context.getBean(ListHeldReviews.class).execute().stream()
            .map(review -> line(review, context.getBean(PublicAddress.class)))
            .collect(Collectors.joining("\n"));
    return list.isEmpty() ? "nothing waits for a decision" : list;
  }

  private static String line(Review review, PublicAddress here) {
    String value =
        review.field() == ProfileField.AVATAR_URL ? here.uri() + review.value() : review.value();
    return String.join(
        "  ", review.id().toString(), review.appId().value(), review.field().key(), value);
  }

  private static String decide(ApplicationContext context, UUID review, boolean passed) {
    return context.getBean(DecideReview.class).execute(review, passed, operator(context))
        ? "decided"
        : "there is no such review, or it was decided before";
  }

  private static String suspend(ApplicationContext context, UserId user) {
    return context.getBean(SuspendUser.class).execute(user, operator(context))
        ? "suspended"
        : "there is no such user, or the account isn't active";
  }

  private static String reinstate(ApplicationContext context, UserId user) {
    return context.getBean(ReinstateUser.class).execute(user, operator(context))
        ? "reinstated"
        : "there is no such user, or the account isn't suspended";
  }

  private static String endSessions(ApplicationContext context, UserId user) {
    return context.getBean(EndAllSessions.class).execute(user, operator(context))
        ? "ended"
        : "there is no such user";
  }

  private static String delete(ApplicationContext context, UserId user) {
    return context.getBean(EraseUser.class).execute(user, operator(context))
        ? "deleted"
        : "there is no such user, or the account was deleted before";
  }

  private static String merges(ApplicationContext context) {
    String list =
        context.getBean(ListMerges.class).execute().stream()
            .map(OperatorCommands::line)
            .collect(Collectors.joining("\n"));
    return list.isEmpty() ? "no two accounts are known to be one person's" : list;
  }

  private static String line(Merge merge) {
    String state =
        merge
            .undoneAt()
            .map(at -> "undone " + at)
            .or(() -> merge.mergedAt().map(at -> "merged " + at))
            .orElse("found " + merge.foundAt());
    return String.join(
        "  ", merge.id().toString(), "kept " + merge.kept(), "absorbed " + merge.absorbed(), state);
  }

  private static String told(Merges.Outcome outcome, String done) {
    return switch (outcome) {
      case Merges.Outcome.Done(Merge _) -> done;
      case Merges.Outcome.Suspended() -> "one of the accounts is suspended: reinstate it first";
      case Merges.Outcome.NotPossible() ->
          "that is not possible: see `merges`; one that absorbed others must be undone first";
    };
  }

  private static UserId user(String text) {
    return new UserId(UUID.fromString(text));
  }

  /** Who runs the command, for the audit log: as the configuration says, or the computer. */
  private static Actor operator(ApplicationContext context) {
    return Actor.operator(
        context
            .getProperty("mini-login.operator", String.class)
            .filter(name -> !name.isBlank())
            .orElseGet(
                () -> System.getProperty("user.name", "?").replaceAll("[^A-Za-z0-9._@-]", "_")));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the time must look like 2026-01-31T10:00:00Z", e);
    }
  }

  private static boolean passed(String text) {
    return switch (text) {
      case "pass" -> true;
      case "refuse" -> false;
      default -> throw new IllegalArgumentException("the decision must be pass or refuse");
    };
  }
}
