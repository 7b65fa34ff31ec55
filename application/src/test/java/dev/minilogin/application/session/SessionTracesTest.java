package dev.minilogin.application.session;

import dev.minilogin.application.testing.SessionTraces;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Storage;
import dev.minilogin.domain.user.User;
import java.util.List;

class SessionTracesTest extends SessionTraces {
  @Override
  protected Instances instances() {
    InMemoryStorage storage = new InMemoryStorage();
    return new Instances() {
      @Override
      public List<Storage> storages() {
        return List.of(storage);
      }

      @Override
      public void setStatus(User user, User.Status status) {
        storage.replace(
            new User(
                user.id(),
                status,
                user.sessionEpoch(),
                user.profile(),
                user.reviews(),
                user.phone(),
                user.profileClearedAt(),
                user.createdAt(),
                user.updatedAt()));
      }

      @Override
      public void catchUp(Storage instance) {
        // There is one, which knows what it has done.
      }
    };
  }
}
