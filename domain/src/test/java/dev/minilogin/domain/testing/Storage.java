package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.operation.StorageProbe;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.Users;

/** The ports of one storage: what is written through one of them is seen by the others. */
public interface Storage {
  Users users();

  Sessions sessions();

  Logins logins();

  MiniPrograms miniPrograms();

  StorageProbe storageProbe();
}
