package dev.minilogin.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.minilogin.simulator.control.Simulation;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.fault.FaultHit;
import dev.minilogin.simulator.platform.Answer;
import dev.minilogin.simulator.platform.Api;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/** WeChat's server APIs. Unknown query parameters are ignored, unknown paths are an errcode. */
final class WeChatHandler implements HttpHandler {

  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  private final Simulation simulation;
  private final WeChatApis apis;
  private final WeChatReplies replies;

  WeChatHandler(Simulation simulation) {
    this.simulation = simulation;
    this.apis = new WeChatApis(simulation.platform());
    this.replies = new WeChatReplies(simulation.clock());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Call call = new Call(exchange);
    Delivery delivery = new Delivery(call, simulation);
    if (isChunked(call) && simulation.platform().settings().rejectChunked()) {
      delivery.send(Reply.empty(412), "Transfer-Encoding: chunked");
      return;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      delivery.send(Reply.empty(413), "body too large");
      return;
    }
    WeChatRequest request = new WeChatRequest(call, body);
    delivery.requestBody(request.loggedBody());
    request.api().ifPresent(simulation.calls()::count);
    Optional<FaultHit> hit = simulation.faults().take(request.api(), apis.callerOf(request));
    Optional<Fault> instead = hit.map(FaultHit::fault).filter(Fault::replacesAnswer);
    Reply reply =
        instead.isPresent()
            ? replies.of(request.api(), instead.get())
            : replies.of(request.api(), answer(request));
    if (hit.isPresent()) {
      delivery.send(reply, hit.get());
    } else if (isOddGrant(request)) {
      delivery.send(reply, "grant_type is not authorization_code; accepted all the same");
    } else {
      delivery.send(reply);
    }
  }

  private Answer answer(WeChatRequest request) throws InterruptedIOException {
    Answer answer = apis.answer(request);
    if (answer instanceof Answer.MediaAccepted accepted) {
      try {
        simulation.media().start(accepted.check());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the simulator is closing");
      }
    }
    return answer;
  }

  private static boolean isOddGrant(WeChatRequest request) {
    return request.api().equals(Optional.of(Api.JSCODE2SESSION))
        && !"authorization_code".equals(request.query("grant_type"));
  }

  private static boolean isChunked(Call call) {
    return call.header("Transfer-Encoding").filter(v -> v.equalsIgnoreCase("chunked")).isPresent();
  }
}
