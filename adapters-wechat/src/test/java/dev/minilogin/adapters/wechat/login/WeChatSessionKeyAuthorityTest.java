package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.SimulatedWeChat;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.SessionKeyAuthorityContract;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.simulator.platform.UserKey;
import java.time.Duration;
import java.util.List;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatSessionKeyAuthorityTest extends SimulatedWeChat
    implements SessionKeyAuthorityContract, SessionKeyAuthorityContract.WeChat {
  private static final String APP_ID = Scene.APP.appId().value();
  private static final Duration LONGEST_LIFE = Duration.ofHours(1);

  @Override
  public SessionKeyAuthority sessionKeyAuthority() {
    return new SessionKeyAuthority() {
      @Override
      public Reply<Boolean> isValid(MiniProgram app, OpenId openId, SessionKey key) {
        return weChat.call(
            WeChatApi.CHECK_SESSION_KEY,
            SessionKeyAuthority.class,
            port -> port.isValid(app, openId, key));
      }

      @Override
      public Reply<SessionKey> reset(MiniProgram app, OpenId openId, SessionKey key) {
        return weChat.call(
            WeChatApi.RESET_USER_SESSION_KEY,
            SessionKeyAuthority.class,
            port -> port.reset(app, openId, key));
      }

      @Override
      public Reply<List<EncryptKey>> encryptKeys(MiniProgram app, OpenId openId, SessionKey key) {
        return weChat.call(
            WeChatApi.GET_USER_ENCRYPT_KEY,
            SessionKeyAuthority.class,
            port -> port.encryptKeys(app, openId, key));
      }
    };
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public OpenId openIdOf(String user) {
    return new OpenId(scene.simulator().openid(APP_ID, user));
  }

  @Override
  public SessionKey logIn(String user) {
    scene.simulator().issueCode(APP_ID, user);
    return new SessionKey(scene.simulator().sessionKey(APP_ID, user).orElseThrow());
  }

  @Override
  public void replaceSessionKey(String user) {
    scene.simulator().expireSessionKey(APP_ID, user);
    scene.simulator().issueCode(APP_ID, user);
  }

  @Override
  public EncryptKey encryptKeyOf(String user) {
    UserKey key = scene.simulator().latestUserKey(APP_ID, user);
    return new EncryptKey(key.encryptKey(), key.iv(), key.version(), LONGEST_LIFE);
  }

  @Override
  public void endEncryptKeys() {
    scene.simulator().advance(LONGEST_LIFE);
  }
}
