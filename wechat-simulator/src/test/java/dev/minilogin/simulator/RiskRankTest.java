package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.errcode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RiskRankTest extends ServerApiFixture {

  @BeforeEach
  void visit() {
    wechat.visit(APP, "alice");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void the_rank_is_the_users(int rank) {
    wechat.addUser(new User("alice", false).withRiskRank(rank));

    assertThat(post(Api.GETUSERRISKRANK, body()).body())
        .matches(
            "\\{\"errcode\":0,\"errmsg\":\"getuserriskrank succ\",\"risk_rank\":"
                + rank
                + ",\"unoin_id\":[1-9]\\d*}");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 5})
  void there_are_five_ranks(int rank) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new User("alice", false).withRiskRank(rank));
  }

  @Test
  void there_are_three_scenes() {
    for (int scene : new int[] {0, 1, 2}) {
      assertThat(errcode(post(Api.GETUSERRISKRANK, body().replace("e\":0", "e\":" + scene))))
          .isZero();
    }
    assertRefused(
        post(Api.GETUSERRISKRANK, body().replace("e\":0", "e\":3")), 40129, "invalid scene");
  }

  @Test
  void app_and_user_must_fit() {
    wechat.visit(OTHER_APP, "alice");
    String openid = wechat.openid(APP, "alice");

    assertThat(errcode(post(Api.GETUSERRISKRANK, body().replace(APP, OTHER_APP)))).isEqualTo(43104);
    assertThat(
            errcode(
                post(
                    Api.GETUSERRISKRANK,
                    body().replace(openid, wechat.openid(OTHER_APP, "alice")))))
        .isEqualTo(43104);
    assertThat(errcode(post(Api.GETUSERRISKRANK, body().replace(openid, "o-nobody"))))
        .isEqualTo(40003);
    wechat.forgetVisits("alice");
    assertThat(errcode(post(Api.GETUSERRISKRANK, body()))).isEqualTo(61010);
  }

  @Test
  void the_address_of_the_user_must_be_there() {
    assertThat(errcode(post(Api.GETUSERRISKRANK, body().replace("client_ip", "ip"))))
        .isEqualTo(47001);
  }

  private String body() {
    return "{\"appid\":\"%s\",\"openid\":\"%s\",\"scene\":0,\"client_ip\":\"203.0.113.7\"}"
        .formatted(APP, wechat.openid(APP, "alice"));
  }
}
