package dev.minilogin.adapters.web.push;

import dev.minilogin.adapters.web.problem.DocumentedProblems;
import dev.minilogin.adapters.web.problem.ProblemCode;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.push.CheckPushAddress;
import dev.minilogin.application.push.ReceivePush;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.push.PushRequest;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address to give at mp.weixin.qq.com (消息推送): {@code https://…/wechat/push/{appId}}. WeChat
 * reads nothing of an answer but whether it is {@code success}.
 */
@DocumentedProblems
@Controller("/wechat/push/{appId}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "WeChat")
class PushController {
  private static final byte[] SUCCESS = "success".getBytes(StandardCharsets.US_ASCII);

  /** WeChat sends digits; nothing else is repeated into an answer. */
  private static final Pattern ECHO = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private final CheckPushAddress checkPushAddress;
  private final ReceivePush receivePush;

  PushController(CheckPushAddress checkPushAddress, ReceivePush receivePush) {
    this.checkPushAddress = checkPushAddress;
    this.receivePush = receivePush;
  }

  @Get(produces = MediaType.TEXT_PLAIN)
  @Operation(summary = "WeChat's check of the address")
  @ApiResponse(
      responseCode = "200",
      description = "echostr, as it came",
      content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = "string")))
  HttpResponse<byte[]> check(
      @PathVariable String appId,
      @Nullable @QueryValue String signature,
      @Nullable @QueryValue String timestamp,
      @Nullable @QueryValue String nonce,
      @Nullable @QueryValue String echostr) {
    PushRequest request = request(signature, timestamp, nonce, null, "");
    if (echostr == null
        || !ECHO.matcher(echostr).matches()
        || !checkPushAddress.execute(app(appId), request)) {
      throw refused();
    }
    return text(echostr.getBytes(StandardCharsets.US_ASCII));
  }

  @Post(consumes = MediaType.ALL, produces = MediaType.TEXT_PLAIN)
  @Status(HttpStatus.OK)
  @Operation(summary = "A push of WeChat's")
  @ApiResponse(
      responseCode = "200",
      description = "`success`: the push is kept, now or before",
      content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = "string")))
  HttpResponse<byte[]> receive(
      @PathVariable String appId,
      @Nullable @QueryValue String signature,
      @Nullable @QueryValue String timestamp,
      @Nullable @QueryValue String nonce,
      @Nullable @QueryValue("msg_signature") String messageSignature,
      @Nullable @Body byte[] body) {
    PushRequest request = request(signature, timestamp, nonce, messageSignature, decode(body));
    return switch (receivePush.execute(app(appId), request)) {
      case ACCEPTED, KNOWN -> text(SUCCESS);
      case REFUSED -> throw refused();
    };
  }

  private static String decode(byte @Nullable [] body) {
    if (body == null) {
      throw refused();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw refused();
    }
  }

  private static HttpResponse<byte[]> text(byte[] text) {
    return HttpResponse.ok(text)
        .contentType(MediaType.TEXT_PLAIN)
        .header("X-Content-Type-Options", "nosniff");
  }

  private static AppId app(String appId) {
    if (!AppId.isWellFormed(appId)) {
      throw refused();
    }
    return new AppId(appId);
  }

  private static PushRequest request(
      @Nullable String signature,
      @Nullable String timestamp,
      @Nullable String nonce,
      @Nullable String messageSignature,
      String body) {
    if (timestamp == null || nonce == null || (signature == null && messageSignature == null)) {
      throw refused();
    }
    return new PushRequest(
        signature == null ? "" : signature,
        timestamp,
        nonce,
        Optional.ofNullable(messageSignature),
        body);
  }

  private static ProblemException refused() {
    return ProblemException.of(ProblemCode.PUSH_REFUSED);
  }
}
