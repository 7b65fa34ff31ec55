package dev.minilogin.adapters.wechat.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.SimulatedWeChat;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.PhoneCodeExchangeContract;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.PhoneCodeExchange;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatPhoneCodeExchangeTest extends SimulatedWeChat
    implements PhoneCodeExchangeContract, PhoneCodeExchangeContract.WeChat {
  private static final String INFO =
      "{\"errcode\":0,\"errmsg\":\"ok\",\"phone_info\":{\"purePhoneNumber\":\"13580006666\","
          + "\"countryCode\":86,\"watermark\":{\"timestamp\":1637744274,\"appid\":\"%s\"}}}";

  @Test
  void a_country_code_may_be_a_number() {
    answerNext(INFO.formatted(Scene.APP.appId()));
    assertThat(
            Replies.given(
                phoneCodeExchange().exchange(Scene.APP, Sample.phoneCode(), scene.openId())))
        .isEqualTo(new PhoneNumber("86", "13580006666"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errcode\":0,\"phone_info\":{}}",
        "{\"errcode\":0,\"phone_info\":{\"purePhoneNumber\":\"13580006666\",\"countryCode\":86}}",
        "{\"errcode\":0,\"phone_info\":{\"purePhoneNumber\":\"13580006666\",\"countryCode\":86,"
            + "\"watermark\":{\"appid\":\"wx2222cccc3333dddd\"}}}",
        "{\"errcode\":0,\"phone_info\":{\"purePhoneNumber\":\"no\",\"countryCode\":86,"
            + "\"watermark\":{\"appid\":\"wx0000aaaa1111bbbb\"}}}"
      })
  void a_number_that_is_none_or_another_mini_programs_is_not_believed(String body) {
    answerNext(body);
    assertThat(
            Replies.failure(
                phoneCodeExchange().exchange(Scene.APP, Sample.phoneCode(), scene.openId())))
        .isEqualTo(WeChatFailure.INVALID_ANSWER);
  }

  private void answerNext(String body) {
    scene
        .simulator()
        .addFault(Fault.on(Api.GETUSERPHONENUMBER).httpStatus(200).body(body).times(1));
  }

  @Override
  public PhoneCodeExchange phoneCodeExchange() {
    return (app, code, openId) ->
        weChat.call(
            WeChatApi.GET_PHONE_NUMBER,
            PhoneCodeExchange.class,
            port -> port.exchange(app, code, openId));
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public OpenId openIdOf(String user, MiniProgram app) {
    return new OpenId(scene.simulator().openid(app.appId().value(), user));
  }

  @Override
  public PhoneCode codeFor(String user, MiniProgram app, PhoneNumber number) {
    scene
        .simulator()
        .addUser(new User(user, false).withPhone(number.national(), number.countryCode()));
    return new PhoneCode(scene.simulator().issuePhoneCode(app.appId().value(), user));
  }
}
