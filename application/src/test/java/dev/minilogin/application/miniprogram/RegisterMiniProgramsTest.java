package dev.minilogin.application.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.AppSecrets;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.miniprogram.Policies;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.RiskPolicy;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RegisterMiniProgramsTest {
  private final InMemoryStorage storage = new InMemoryStorage();
  private final List<MiniProgram> saved = new ArrayList<>();
  private final RegisterMiniPrograms register =
      new RegisterMiniPrograms(new Observed(storage.miniPrograms()));
  private final MiniProgram one = Sample.miniProgram();
  private final MiniProgram two = Sample.miniProgram();

  @Test
  void those_that_are_new_are_created() {
    register.execute(List.of(one, two));
    assertThat(storage.miniPrograms().find(one.appId())).contains(one);
    assertThat(storage.miniPrograms().find(two.appId())).contains(two);
  }

  @Test
  void those_that_are_as_configured_are_not_written() {
    register.execute(List.of(one, two));
    saved.clear();
    register.execute(List.of(one, two));
    assertThat(saved).isEmpty();
  }

  @Test
  void those_that_differ_in_anything_that_is_configured_are_replaced() {
    SessionLifetimes lifetimes = new SessionLifetimes(Duration.ofHours(1), Duration.ofDays(1));
    AppSecrets both = new AppSecrets(two.secrets().current(), Optional.of(one.secrets().current()));
    List<MiniProgram> versions =
        Stream.of(
                one,
                with(both, one.lifetimes(), Policies.DEFAULT, Optional.empty()),
                with(both, lifetimes, Policies.DEFAULT, Optional.empty()),
                with(both, lifetimes, policies(Sample.tenant()), Optional.empty()),
                with(both, lifetimes, Policies.DEFAULT, pushes(Sample.pushKey())),
                with(both, lifetimes, Policies.DEFAULT, pushes(Sample.pushKey())),
                with(both, lifetimes, Policies.DEFAULT, Optional.empty()))
            .toList();
    for (MiniProgram version : versions) {
      register.execute(List.of(two, version));
      assertThat(storage.miniPrograms().find(one.appId())).contains(version);
    }
    assertThat(saved)
        .startsWith(two)
        .endsWith(versions.toArray(MiniProgram[]::new))
        .hasSize(versions.size() + 1);
  }

  @Test
  void one_that_was_disabled_stays_so_whatever_else_changes() {
    storage.miniPrograms().save(one.withEnabled(false));
    register.execute(List.of(one));
    assertThat(saved).isEmpty();
    MiniProgram changed =
        with(two.secrets(), two.lifetimes(), policies(Sample.tenant()), pushes(Sample.pushKey()));
    register.execute(List.of(changed));
    assertThat(storage.miniPrograms().find(one.appId()))
        .contains(changed.withEnabled(false).withSecrets(two.secrets().replacing(one.secrets())));
  }

  @Test
  void instances_with_an_old_and_a_new_app_secret_take_nothing_from_each_other() {
    AppSecret old = one.secrets().current();
    AppSecret fresh = two.secrets().current();
    register.execute(List.of(one));
    register.execute(List.of(one.withSecrets(AppSecrets.of(fresh))));
    assertThat(storedSecrets()).isEqualTo(new AppSecrets(fresh, Optional.of(old)));
    register.execute(List.of(one));
    assertThat(storedSecrets()).isEqualTo(new AppSecrets(old, Optional.of(fresh)));
    register.execute(List.of(one.withSecrets(AppSecrets.of(fresh))));
    assertThat(storedSecrets()).isEqualTo(new AppSecrets(fresh, Optional.of(old)));
  }

  private AppSecrets storedSecrets() {
    return storage.miniPrograms().find(one.appId()).orElseThrow().secrets();
  }

  @Test
  void others_stay() {
    storage.miniPrograms().save(two);
    register.execute(List.of(one));
    assertThat(storage.miniPrograms().find(two.appId())).contains(two);
    register.execute(List.of());
    assertThat(storage.miniPrograms().find(one.appId())).contains(one);
  }

  @Test
  void without_the_storage_nothing_is_stored() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> register.execute(List.of(one)));
    storage.comeBack();
    assertThat(storage.miniPrograms().find(one.appId())).isEmpty();
  }

  @Test
  void those_before_one_that_cannot_be_stored_are_stored() {
    MiniPrograms goesDownAfterOne =
        new Observed(storage.miniPrograms()) {
          @Override
          public void save(MiniProgram miniProgram) {
            super.save(miniProgram);
            storage.goDown();
          }
        };
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> new RegisterMiniPrograms(goesDownAfterOne).execute(List.of(one, two)));
    storage.comeBack();
    assertThat(storage.miniPrograms().find(one.appId())).contains(one);
    assertThat(storage.miniPrograms().find(two.appId())).isEmpty();
  }

  private MiniProgram with(
      AppSecrets secrets,
      SessionLifetimes lifetimes,
      Policies policies,
      Optional<PushSettings> push) {
    return new MiniProgram(one.appId(), secrets, true, lifetimes, policies, push);
  }

  private static Policies policies(Tenant tenant) {
    return new Policies(
        tenant,
        ContentPolicy.DEFAULT,
        new RiskPolicy(RiskPolicy.Reaction.REFUSE, 3),
        true,
        new SessionPolicy(Set.of(EnvVersion.TRIAL), 7));
  }

  private static Optional<PushSettings> pushes(PushKey key) {
    return Optional.of(
        new PushSettings(
            PushSettings.Mode.SECURE, PushSettings.Format.XML, Sample.pushToken(), List.of(key)));
  }

  private class Observed implements MiniPrograms {
    private final MiniPrograms miniPrograms;

    Observed(MiniPrograms miniPrograms) {
      this.miniPrograms = miniPrograms;
    }

    @Override
    public Optional<MiniProgram> find(AppId appId) {
      return miniPrograms.find(appId);
    }

    @Override
    public void save(MiniProgram miniProgram) {
      miniPrograms.save(miniProgram);
      saved.add(miniProgram);
    }
  }
}
