package dev.minilogin.adapters.wechat;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.review.ContentCheck;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.PhoneCodeExchange;
import dev.minilogin.domain.wechat.PluginCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.RiskAssessment;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.simulator.platform.Api;
import java.net.URI;

/** One call of each API, through the port that needs it. */
public final class Calls {
  private Calls() {}

  /** A call that succeeds if WeChat is well; for the token API, a call that needs a first token. */
  public static Reply<?> of(WeChatApi api, Scene scene, WeChatAdapter adapter) {
    return switch (api) {
      case CODE2SESSION ->
          adapter
              .get(CodeExchange.class)
              .exchange(
                  Scene.APP,
                  new LoginCode(
                      scene.simulator().issueCode(Scene.APP.appId().value(), Scene.ALICE)));
      case CHECK_SESSION_KEY, STABLE_TOKEN ->
          adapter
              .get(SessionKeyAuthority.class)
              .isValid(Scene.APP, scene.openId(), scene.sessionKey());
      case RESET_USER_SESSION_KEY ->
          adapter
              .get(SessionKeyAuthority.class)
              .reset(Scene.APP, scene.openId(), scene.sessionKey());
      case GET_USER_ENCRYPT_KEY ->
          adapter
              .get(SessionKeyAuthority.class)
              .encryptKeys(Scene.APP, scene.openId(), scene.sessionKey());
      case GET_PHONE_NUMBER ->
          adapter
              .get(PhoneCodeExchange.class)
              .exchange(Scene.APP, scene.phoneCode(), scene.openId());
      case CHECK_ENCRYPTED_DATA -> {
        var data = scene.simulator().phoneData(Scene.APP.appId().value(), Scene.ALICE);
        yield adapter
            .get(EncryptedDataCheck.class)
            .isMadeByWeChat(Scene.APP, new EncryptedData(data.encryptedData(), data.iv()));
      }
      case GET_PLUGIN_OPENPID ->
          adapter.get(PluginCodeExchange.class).exchange(Scene.APP, scene.pluginCode());
      case MSG_SEC_CHECK ->
          adapter.get(ContentCheck.class).text(Scene.APP, scene.openId(), "Alice 爱丽丝");
      case MEDIA_CHECK_ASYNC ->
          adapter
              .get(ContentCheck.class)
              .picture(Scene.APP, scene.openId(), URI.create("https://example.com/a.png"));
      case GET_USER_RISK_RANK ->
          adapter.get(RiskAssessment.class).rank(Scene.APP, scene.openId(), "203.0.113.7");
    };
  }

  /** The API as the simulator names it. */
  public static Api simulated(WeChatApi api) {
    return Api.ofPath(api.path()).orElseThrow();
  }
}
