package dev.minilogin.simulator.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/** Apps, users, and whom an openid stands for. Not thread-safe: {@link WeChatPlatform} locks. */
final class People {

  private final Map<String, App> apps = new TreeMap<>();
  private final Map<String, User> users = new TreeMap<>();
  private final Map<String, Owner> byOpenid = new HashMap<>();

  void put(App app) {
    apps.put(app.appId(), app);
    users.keySet().forEach(user -> index(app.appId(), user));
  }

  void put(User user) {
    users.put(user.name(), user);
    apps.keySet().forEach(app -> index(app, user.name()));
  }

  List<App> apps() {
    return List.copyOf(apps.values());
  }

  List<User> users() {
    return List.copyOf(users.values());
  }

  Optional<App> find(String appId) {
    return Optional.ofNullable(appId).map(apps::get);
  }

  /** Throws NoSuchElementException for an app that was never registered. */
  App app(String appId) {
    return find(appId).orElseThrow(() -> new NoSuchElementException("no such app"));
  }

  /** A user in an app; a user who is not known yet is registered, an app is not. */
  Owner meet(String appId, String user) {
    app(appId);
    if (!users.containsKey(user)) {
      put(new User(user, false));
    }
    return new Owner(appId, user);
  }

  /** A user who is registered. */
  User user(String name) {
    return users.get(name);
  }

  /** Whom an openid stands for, if it is that of a registered user in a registered app. */
  Optional<Owner> ownerOf(String openid) {
    return Optional.ofNullable(byOpenid.get(openid));
  }

  /** Forgets the users, not the apps. */
  void clearUsers() {
    users.clear();
    byOpenid.clear();
  }

  private void index(String appId, String user) {
    byOpenid.put(Identifiers.openid(appId, user), new Owner(appId, user));
  }
}
