package dev.minilogin.simulator.http;

import static dev.minilogin.simulator.http.ControlBodies.required;

import dev.minilogin.simulator.control.Simulation;
import dev.minilogin.simulator.http.ControlBodies.Advance;
import dev.minilogin.simulator.http.ControlBodies.AppOnly;
import dev.minilogin.simulator.http.ControlBodies.AppPush;
import dev.minilogin.simulator.http.ControlBodies.AppUser;
import dev.minilogin.simulator.http.ControlBodies.AppView;
import dev.minilogin.simulator.http.ControlBodies.Calls;
import dev.minilogin.simulator.http.ControlBodies.Code;
import dev.minilogin.simulator.http.ControlBodies.DeliveryView;
import dev.minilogin.simulator.http.ControlBodies.EnvelopeView;
import dev.minilogin.simulator.http.ControlBodies.FaultBody;
import dev.minilogin.simulator.http.ControlBodies.FaultId;
import dev.minilogin.simulator.http.ControlBodies.MediaVerdict;
import dev.minilogin.simulator.http.ControlBodies.NewApp;
import dev.minilogin.simulator.http.ControlBodies.Now;
import dev.minilogin.simulator.http.ControlBodies.OpenDataBody;
import dev.minilogin.simulator.http.ControlBodies.PendingCodeView;
import dev.minilogin.simulator.http.ControlBodies.PushBody;
import dev.minilogin.simulator.http.ControlBodies.QuotaBody;
import dev.minilogin.simulator.http.ControlBodies.SessionKeyView;
import dev.minilogin.simulator.http.ControlBodies.SettingsBody;
import dev.minilogin.simulator.http.ControlBodies.UserBody;
import dev.minilogin.simulator.http.ControlBodies.UserView;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.platform.Settings;
import dev.minilogin.simulator.platform.User;
import dev.minilogin.simulator.platform.WeChatPlatform;
import dev.minilogin.simulator.push.PushEnvelope;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The control API below {@code /simulator/}. The answers that give out codes, open data and
 * envelopes carry what their receiver needs; no other answer carries a secret.
 */
final class ControlRoutes {

  private final Simulation simulation;

  ControlRoutes(Simulation simulation) {
    this.simulation = simulation;
  }

  JsonRoutes routes() {
    JsonRoutes routes = new JsonRoutes();
    people(routes);
    things(routes);
    pushes(routes);
    machine(routes);
    return routes;
  }

  /** Apps, users and what WeChat knows of them. */
  private void people(JsonRoutes routes) {
    routes
        .on("GET", "/simulator/apps", call -> apps())
        .post("/simulator/apps", NewApp.class, this::addApp)
        .on("GET", "/simulator/users", call -> users())
        .post("/simulator/users", UserBody.class, this::putUser)
        .post("/simulator/visits", AppUser.class, this::visit)
        .on("GET", "/simulator/session-keys", call -> sessionKeys())
        .post("/simulator/session-keys/expire", AppUser.class, this::expireSessionKey)
        .post("/simulator/access-tokens/kill", AppOnly.class, this::killStableToken)
        .post("/simulator/access-tokens/expire", AppOnly.class, this::expireAccessTokens);
  }

  /** What WeChat hands out, and what it is to say about contents. */
  private void things(JsonRoutes routes) {
    routes
        .on("GET", "/simulator/codes", call -> pendingCodes())
        .post("/simulator/codes", AppUser.class, this::issueCode)
        .post("/simulator/phone-codes", AppUser.class, this::issuePhoneCode)
        .post("/simulator/plugin-codes", AppUser.class, this::issuePluginCode)
        .post("/simulator/open-data", OpenDataBody.class, this::openData)
        .post("/simulator/media-verdicts", MediaVerdict.class, this::nextMediaVerdict);
  }

  private void pushes(JsonRoutes routes) {
    routes
        .post("/simulator/push-settings", AppPush.class, this::setPush)
        .post("/simulator/push-checks", AppOnly.class, this::checkPushUrl)
        .post("/simulator/pushes", PushBody.class, this::push)
        .post("/simulator/envelopes", PushBody.class, this::envelope);
  }

  /** The simulator itself. */
  private void machine(JsonRoutes routes) {
    routes
        .on("GET", "/simulator/faults", call -> faults())
        .post("/simulator/faults", FaultBody.class, this::addFault)
        .on("DELETE", "/simulator/faults", call -> clearFaults())
        .on("GET", "/simulator/quotas", call -> quotas())
        .post("/simulator/quotas", QuotaBody.class, this::setQuota)
        .on("GET", "/simulator/calls", call -> calls())
        .on("GET", "/simulator/clock", call -> now())
        .post("/simulator/clock", Advance.class, this::advance)
        .on("GET", "/simulator/settings", call -> settings())
        .post("/simulator/settings", SettingsBody.class, this::change)
        .on("POST", "/simulator/reset", call -> reset())
        .on("GET", "/simulator/wire", this::wire);
  }

  private WeChatPlatform platform() {
    return simulation.platform();
  }

  private Object apps() {
    return platform().apps().stream().map(AppView::of).toList();
  }

  private Object addApp(NewApp body) {
    App app = body.toApp();
    platform().put(app);
    return AppView.of(app);
  }

  private Object users() {
    return platform().users().stream().map(UserView::of).toList();
  }

  private Object putUser(UserBody body) {
    User known =
        platform().users().stream()
            .filter(user -> user.name().equals(body.user()))
            .findFirst()
            .orElseGet(() -> new User(body.user(), false));
    User user = body.changing(known);
    platform().put(user);
    if (Boolean.TRUE.equals(body.visited())) {
      platform().apps().forEach(app -> platform().visit(app.appId(), user.name()));
    } else if (body.visited() != null) {
      platform().forgetVisits(user.name());
    }
    return UserView.of(user);
  }

  private Object visit(AppUser who) {
    platform().visit(who.appId(), who.user());
    return Map.of("visited", true);
  }

  private Object sessionKeys() {
    return platform().apps().stream()
        .flatMap(app -> platform().users().stream().map(user -> sessionKey(app, user)))
        .toList();
  }

  private SessionKeyView sessionKey(App app, User user) {
    return new SessionKeyView(
        app.appId(), user.name(), platform().sessionKey(app.appId(), user.name()).isPresent());
  }

  private Object expireSessionKey(AppUser who) {
    return Map.of("expired", platform().expireSessionKey(who.appId(), who.user()));
  }

  private Object killStableToken(AppOnly app) {
    platform().killStableToken(app.appId());
    return Map.of("killed", true);
  }

  private Object expireAccessTokens(AppOnly app) {
    platform().expireAccessTokens(app.appId());
    return Map.of("expired", true);
  }

  private Object pendingCodes() {
    return platform().pendingCodes().stream().map(PendingCodeView::of).toList();
  }

  private Object issueCode(AppUser who) {
    return new Code(platform().logIn(who.appId(), who.user()));
  }

  private Object issuePhoneCode(AppUser who) {
    return new Code(platform().issuePhoneCode(who.appId(), who.user()));
  }

  private Object issuePluginCode(AppUser who) {
    return new Code(platform().issuePluginCode(who.appId(), who.user()));
  }

  private Object openData(OpenDataBody body) {
    return platform()
        .openData(
            required(body.appId(), "appId"),
            required(body.user(), "user"),
            required(body.data(), "data").toString());
  }

  private Object nextMediaVerdict(MediaVerdict body) {
    platform().nextMediaVerdict(required(body.appId(), "appId"), body.toSuggest());
    return Map.of("suggest", body.toSuggest().text());
  }

  private Object setPush(AppPush body) {
    App app =
        platform().apps().stream()
            .filter(known -> known.appId().equals(body.appId()))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("no such app"));
    Optional<PushTarget> target =
        Optional.ofNullable(body.push()).map(push -> push.toTarget(app.appId()));
    App changed = new App(app.appId(), app.secret(), app.openPlatform(), app.enabled(), target);
    platform().put(changed);
    return AppView.of(changed);
  }

  private Object checkPushUrl(AppOnly app) {
    return Map.of("accepted", simulation.pushes().check(app.appId()));
  }

  private Object push(PushBody body) {
    return DeliveryView.of(
        simulation.pushes().push(required(body.appId(), "appId"), body.toEvent()));
  }

  private Object envelope(PushBody body) {
    String appId = required(body.appId(), "appId");
    Instant timestamp =
        body.timestamp() == null
            ? simulation.clock().instant()
            : Instant.ofEpochSecond(body.timestamp());
    PushEnvelope envelope = simulation.pushes().envelope(appId, body.toEvent(), timestamp);
    return new EnvelopeView(
        simulation.pushes().uri(appId, envelope).toString(),
        envelope.contentType(),
        envelope.body());
  }

  private Object quotas() {
    return Arrays.stream(Api.values())
        .map(api -> QuotaBody.of(api, platform().quota(api)))
        .toList();
  }

  private Object setQuota(QuotaBody body) {
    platform().quota(body.toApi(), body.toQuota());
    return QuotaBody.of(body.toApi(), body.toQuota());
  }

  private Object calls() {
    return Arrays.stream(Api.values())
        .map(api -> new Calls(api.simpleName(), simulation.calls().of(api)))
        .toList();
  }

  private Object faults() {
    return simulation.faults().list().stream().map(FaultBody::of).toList();
  }

  private Object addFault(FaultBody body) {
    return new FaultId(simulation.faults().add(body.toFault()));
  }

  private Object clearFaults() {
    return Map.of("removed", simulation.faults().clear());
  }

  private Object now() {
    return new Now(simulation.clock().instant().toString());
  }

  private Object advance(Advance by) {
    simulation.clock().advance(by.duration());
    return now();
  }

  private Object settings() {
    return SettingsBody.of(platform().settings());
  }

  private Object change(SettingsBody body) {
    Settings changed = body.changing(platform().settings());
    platform().settings(changed);
    return SettingsBody.of(changed);
  }

  private Object reset() {
    simulation.reset();
    return Map.of("reset", true);
  }

  private Object wire(Call call) {
    return simulation.wire().after(WireStream.after(call)).stream().map(WireJson::of).toList();
  }
}
