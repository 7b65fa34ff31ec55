package dev.minilogin.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortContractsTest {
  @Test
  void every_port_implementation_has_a_contract_test() {
    assertThat(PortContracts.missing(Code.productionAndContractTests())).isEmpty();
  }

  @Test
  void what_is_missing_is_noticed(@TempDir Path output) throws IOException {
    Seed seed = Seed.of("every_port_implementation_has_a_contract_test", output);
    assertThat(PortContracts.missing(seed.classes()))
        .containsExactlyInAnyOrder(
            "dev.minilogin.domain.user.WithoutContract has no contract with tests",
            "dev.minilogin.domain.user.WithEmptyContract has no contract with tests",
            "dev.minilogin.domain.user.WithoutMemory has no in-memory adapter",
            "dev.minilogin.domain.user.OnlyInMemory has no adapter but in memory",
            "dev.minilogin.adapters.persistence.user.MysqlUnbound has no test that binds"
                + " dev.minilogin.domain.testing.LettersContract",
            "dev.minilogin.adapters.persistence.user.MysqlBoundAbstractly has no test that binds"
                + " dev.minilogin.domain.testing.LettersContract",
            "dev.minilogin.domain.testing.InMemoryUnbound has no test that binds"
                + " dev.minilogin.domain.testing.LettersContract");
  }
}
