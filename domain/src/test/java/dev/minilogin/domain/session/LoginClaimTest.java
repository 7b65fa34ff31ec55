package dev.minilogin.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.LoginCode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LoginClaimTest {
  @Test
  void is_the_same_for_the_same_code_of_the_same_mini_program() {
    AppId appId = Sample.appId();
    LoginCode code = Sample.code();
    assertThat(LoginClaim.of(appId, code))
        .isEqualTo(LoginClaim.of(new AppId(appId.value()), new LoginCode(code.reveal())));
  }

  @Test
  void differs_for_another_code_or_another_mini_program() {
    AppId appId = Sample.appId();
    LoginCode code = Sample.code();
    assertThat(LoginClaim.of(appId, code))
        .isNotEqualTo(LoginClaim.of(appId, Sample.code()))
        .isNotEqualTo(LoginClaim.of(Sample.appId(), code));
  }

  @Test
  void tells_where_the_appid_ends() {
    assertThat(LoginClaim.of(new AppId("wx1"), new LoginCode("23")))
        .isNotEqualTo(LoginClaim.of(new AppId("wx12"), new LoginCode("3")));
  }

  @Test
  void is_the_same_on_every_instance_and_in_every_release() {
    // printf 'wx1111aaaa2222bbbb\n0a1B' | sha256sum
    LoginClaim claim = LoginClaim.of(new AppId("wx1111aaaa2222bbbb"), new LoginCode("0a1B"));
    assertThat(claim.hex())
        .isEqualTo("6b9f0b7bb18c57a8389470c2dec02ac8aed8b62beaba11d34b680b1f44f0eb8b");
    assertThat(claim.bytes()).hasSize(32);
    assertThat(HexFormat.of().formatHex(claim.bytes())).isEqualTo(claim.hex());
  }
}
