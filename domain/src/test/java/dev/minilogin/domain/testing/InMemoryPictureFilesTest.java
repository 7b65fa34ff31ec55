package dev.minilogin.domain.testing;

import dev.minilogin.domain.avatar.PictureFiles;

class InMemoryPictureFilesTest extends InMemoryStorageFixture implements PictureFilesContract {
  @Override
  public PictureFiles pictureFiles() {
    return storage().pictureFiles();
  }

  @Override
  public PictureFiles unreachablePictureFiles() {
    return unreachableStorage().pictureFiles();
  }
}
