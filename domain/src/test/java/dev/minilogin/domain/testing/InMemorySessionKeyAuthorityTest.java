package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.domain.wechat.WeChatFailure;

class InMemorySessionKeyAuthorityTest
    implements SessionKeyAuthorityContract, SessionKeyAuthorityContract.WeChat {
  private final InMemoryWeChat logins = new InMemoryWeChat();
  private final InMemorySessionKeyAuthority inMemory = new InMemorySessionKeyAuthority(logins);
  private final MiniProgram app = Sample.miniProgram();

  @Override
  public SessionKeyAuthority sessionKeyAuthority() {
    return inMemory;
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public MiniProgram app() {
    return app;
  }

  @Override
  public OpenId openIdOf(String user) {
    return logins.openIdOf(user, app);
  }

  @Override
  public SessionKey logIn(String user) {
    return Replies.given(logins.exchange(app, logins.codeFor(user, app))).sessionKey();
  }

  @Override
  public void replaceSessionKey(String user) {
    logins.renewSessionKey(app, openIdOf(user));
  }

  @Override
  public EncryptKey encryptKeyOf(String user) {
    return inMemory.encryptKeyOf(app, openIdOf(user));
  }

  @Override
  public void endEncryptKeys() {
    inMemory.endEncryptKeys();
  }

  @Override
  public void failNext(WeChatFailure failure) {
    inMemory.failNext(failure);
  }
}
