package dev.minilogin.adapters.wechat.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.SimulatedWeChat;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.review.ContentCheck;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.testing.ContentCheckContract;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatContentCheckTest extends SimulatedWeChat
    implements ContentCheckContract, ContentCheckContract.WeChat {
  private static final String APP_ID = Scene.APP.appId().value();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "RISKY;"
            + " {'errcode':0,'result':{'suggest':'risky'},'detail':[{'errcode':0,'suggest':'pass'}]}",
        "PASS;"
            + " {'errcode':0,'result':{'suggest':'pass'},'detail':[{'errcode':0,'suggest':'risky'}]}",
        "REVIEW; {'errcode':0,'detail':[{'errcode':0,'suggest':'pass'},{'suggest':'review'}]}",
        "PASS;"
            + " {'errcode':0,'detail':[{'errcode':1,'suggest':'risky'},{'errcode':0,'suggest':'pass'}]}",
        "RISKY; {'errcode':87014,'errmsg':'risky content'}"
      })
  void the_result_decides_and_details_with_errors_do_not_count(Verdict verdict, String body) {
    answerNext(body.replace('\'', '"'));
    assertThat(check()).isEqualTo(new Reply.Given<>(verdict));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'errcode':0,'result':{'suggest':'unheard of'}}",
        "{'errcode':0,'result':{},'detail':[{'errcode':0,'suggest':'pass'}]}",
        "{'errcode':0,'detail':[{'errcode':1,'suggest':'pass'}]}",
        "{'errcode':0,'detail':[]}"
      })
  void what_says_nothing_is_no_verdict(String body) {
    answerNext(body.replace('\'', '"'));
    assertThat(Replies.failure(check())).isEqualTo(WeChatFailure.INVALID_ANSWER);
  }

  @Test
  void a_trace_that_is_none_is_not_believed() {
    scene
        .simulator()
        .addFault(
            Fault.on(Api.MEDIA_CHECK_ASYNC)
                .httpStatus(200)
                .body("{\"errcode\":0,\"trace_id\":\"a b\"}")
                .times(1));
    assertThat(Replies.failure(contentCheck().picture(Scene.APP, scene.openId(), pictureAddress())))
        .isEqualTo(WeChatFailure.INVALID_ANSWER);
  }

  private void answerNext(String body) {
    scene.simulator().addFault(Fault.on(Api.MSG_SEC_CHECK).httpStatus(200).body(body).times(1));
  }

  private Reply<Verdict> check() {
    return contentCheck().text(Scene.APP, scene.openId(), "Alice");
  }

  @Override
  public ContentCheck contentCheck() {
    return new ContentCheck() {
      @Override
      public Reply<Verdict> text(MiniProgram app, OpenId openId, String text) {
        return weChat.call(
            WeChatApi.MSG_SEC_CHECK, ContentCheck.class, port -> port.text(app, openId, text));
      }

      @Override
      public Reply<TraceId> picture(MiniProgram app, OpenId openId, URI address) {
        return weChat.call(
            WeChatApi.MEDIA_CHECK_ASYNC,
            ContentCheck.class,
            port -> port.picture(app, openId, address));
      }
    };
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public OpenId present(String user) {
    scene.simulator().issueCode(APP_ID, user);
    scene.simulator().visit(APP_ID, user);
    return new OpenId(scene.simulator().openid(APP_ID, user));
  }

  @Override
  public OpenId away(String user) {
    OpenId openId = present(user);
    scene.simulator().forgetVisits(user);
    return openId;
  }

  @Override
  public String text(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "Ann";
      case REVIEW -> "疑似";
      case RISKY -> "违规";
    };
  }

  @Override
  public URI pictureAddress() {
    return URI.create("https://example.com/avatar.png");
  }
}
