package dev.minilogin.application.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.testing.Storage;
import dev.minilogin.domain.user.User;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever users, operators, thieves and the clock do, in whichever order: sessions do what {@link
 * SessionModel} says. To be bound to a storage by a subclass.
 *
 * <p>{@code jqwik.tries.default} says how many traces are tried, here and as a system property.
 */
public abstract class SessionTraces {
  private static final int MOST_INSTALLS = 3;
  private static final int NUMBERS = 3;

  /** One or more instances on one storage. */
  public interface Instances {
    /** The ports of each. */
    List<Storage> storages();

    /** Lets a user log in or not, as an operator would. */
    void setStatus(User user, User.Status status);

    /** Returns once what was done at the others is known at this instance. */
    void catchUp(Storage instance);
  }

  /** A mini program of a trace. */
  record App(SessionLifetimes lifetimes, int perUser) {
    SessionPolicy policy() {
      return new SessionPolicy(SessionPolicy.DEFAULT.admitted(), perUser);
    }
  }

  /** The instances under test, which may be used for many traces. */
  protected abstract Instances instances();

  @Property
  void sessions_do_what_the_model_says(
      @ForAll("apps") List<App> apps, @ForAll("traces") List<SessionAction> trace) {
    SessionRun run = new SessionRun(instances(), apps);
    for (int step = 0; step < trace.size(); step++) {
      SessionAction action = trace.get(step);
      try {
        run.perform(action);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("step " + step + ": " + action, e);
      }
    }
    assertThat(run.steps()).isEqualTo(trace.size());
  }

  @Provide
  Arbitrary<List<App>> apps() {
    Arbitrary<SessionLifetimes> lifetimes =
        Combinators.combine(
                Arbitraries.of(60L, 300L, 3_600L, 86_400L), Arbitraries.of(1, 2, 10, 30))
            .as(
                (idle, times) ->
                    new SessionLifetimes(
                        Duration.ofSeconds(idle), Duration.ofSeconds(idle * times)));
    return Combinators.combine(lifetimes, Arbitraries.of(1, 2, 3, 10))
        .as(App::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<SessionAction>> traces() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, logIn()),
            Tuple.of(8, check()),
            Tuple.of(1, logOut()),
            Tuple.of(2, end()),
            Tuple.of(1, endOthers()),
            Tuple.of(1, endAll()),
            Tuple.of(3, bindPhone()),
            Tuple.of(1, suspend()),
            Tuple.of(4, pause()),
            Tuple.of(6, reach()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  private static Arbitrary<Integer> instance() {
    return Arbitraries.integers().between(0, 1);
  }

  private static Arbitrary<Integer> person() {
    return Arbitraries.of(0, 0, 0, 1);
  }

  private static Arbitrary<Integer> token() {
    return Arbitraries.integers().between(0, 99);
  }

  private static Arbitrary<SessionAction> logIn() {
    return Combinators.combine(
            instance(),
            person(),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(-1, MOST_INSTALLS - 1),
            Arbitraries.of(0, 0, 0, 1, 2, 3))
        .as(SessionAction.LogIn::new);
  }

  private static Arbitrary<SessionAction> check() {
    return Combinators.combine(instance(), token()).as(SessionAction.Check::new);
  }

  private static Arbitrary<SessionAction> logOut() {
    return Combinators.combine(instance(), token()).as(SessionAction.LogOut::new);
  }

  private static Arbitrary<SessionAction> end() {
    return Combinators.combine(instance(), token(), token()).as(SessionAction.End::new);
  }

  private static Arbitrary<SessionAction> endOthers() {
    return Combinators.combine(instance(), token()).as(SessionAction.EndOthers::new);
  }

  private static Arbitrary<SessionAction> endAll() {
    return Combinators.combine(instance(), person()).as(SessionAction.EndAll::new);
  }

  private static Arbitrary<SessionAction> bindPhone() {
    return Combinators.combine(
            instance(),
            token(),
            Arbitraries.integers().between(0, NUMBERS - 1),
            Arbitraries.of(true, false))
        .as(SessionAction.BindPhone::new);
  }

  private static Arbitrary<SessionAction> suspend() {
    return Combinators.combine(person(), Arbitraries.of(true, false, false))
        .as(SessionAction.Suspend::new);
  }

  private static Arbitrary<SessionAction> pause() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(0, 60_000),
            Arbitraries.longs().between(0, Duration.ofHours(2).toMillis()),
            Arbitraries.of(1L, 29_999L, 30_000L, 30_001L, 59_999L, 60_000L, 600_000L),
            Arbitraries.longs().between(-2_000, -1))
        .map(SessionAction.Wait::new);
  }

  private static Arbitrary<SessionAction> reach() {
    return Combinators.combine(
            token(),
            Arbitraries.of(SessionAction.Moment.class),
            Arbitraries.integers().between(-2, 0))
        .as(SessionAction.Reach::new);
  }
}
