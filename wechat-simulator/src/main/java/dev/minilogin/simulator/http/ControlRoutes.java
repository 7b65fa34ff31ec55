package dev.minilogin.simulator.http;

import dev.minilogin.simulator.control.Simulation;
import dev.minilogin.simulator.http.ControlBodies.Advance;
import dev.minilogin.simulator.http.ControlBodies.AppUser;
import dev.minilogin.simulator.http.ControlBodies.AppView;
import dev.minilogin.simulator.http.ControlBodies.Code;
import dev.minilogin.simulator.http.ControlBodies.FaultBody;
import dev.minilogin.simulator.http.ControlBodies.FaultId;
import dev.minilogin.simulator.http.ControlBodies.NewApp;
import dev.minilogin.simulator.http.ControlBodies.Now;
import dev.minilogin.simulator.http.ControlBodies.SettingsBody;
import dev.minilogin.simulator.http.ControlBodies.UserBody;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.Settings;
import dev.minilogin.simulator.platform.User;
import java.util.Map;

/**
 * The control API below {@code /simulator/}. No answer but that of {@code codes} carries a secret.
 */
final class ControlRoutes {

  private final Simulation simulation;

  ControlRoutes(Simulation simulation) {
    this.simulation = simulation;
  }

  JsonRoutes routes() {
    return new JsonRoutes()
        .on("GET", "/simulator/apps", call -> apps())
        .post("/simulator/apps", NewApp.class, this::addApp)
        .on("GET", "/simulator/users", call -> users())
        .post("/simulator/users", UserBody.class, this::addUser)
        .post("/simulator/codes", AppUser.class, this::issueCode)
        .post("/simulator/session-keys/expire", AppUser.class, this::expireSessionKey)
        .on("GET", "/simulator/faults", call -> faults())
        .post("/simulator/faults", FaultBody.class, this::addFault)
        .on("DELETE", "/simulator/faults", call -> clearFaults())
        .on("GET", "/simulator/clock", call -> now())
        .post("/simulator/clock", Advance.class, this::advance)
        .on("GET", "/simulator/settings", call -> settings())
        .post("/simulator/settings", SettingsBody.class, this::change)
        .on("POST", "/simulator/reset", call -> reset())
        .on("GET", "/simulator/wire", this::wire);
  }

  private Object apps() {
    return simulation.platform().apps().stream().map(AppView::of).toList();
  }

  private Object addApp(NewApp body) {
    App app = body.toApp();
    simulation.platform().put(app);
    return AppView.of(app);
  }

  private Object users() {
    return simulation.platform().users().stream().map(UserBody::of).toList();
  }

  private Object addUser(UserBody body) {
    User user = body.toUser();
    simulation.platform().put(user);
    return UserBody.of(user);
  }

  private Object issueCode(AppUser who) {
    return new Code(simulation.platform().logIn(who.appId(), who.user()));
  }

  private Object expireSessionKey(AppUser who) {
    return Map.of("expired", simulation.platform().expireSessionKey(who.appId(), who.user()));
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
    return SettingsBody.of(simulation.platform().settings());
  }

  private Object change(SettingsBody body) {
    Settings changed = body.changing(simulation.platform().settings());
    simulation.platform().settings(changed);
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
