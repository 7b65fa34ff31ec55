package dev.minilogin.adapters.persistence.avatar;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.testing.PictureFilesContract;

class MysqlPictureFilesTest implements PictureFilesContract, MysqlStorage {
  @Override
  public PictureFiles pictureFiles() {
    return storage().pictureFiles();
  }

  @Override
  public PictureFiles unreachablePictureFiles() {
    return unreachableStorage().pictureFiles();
  }
}
