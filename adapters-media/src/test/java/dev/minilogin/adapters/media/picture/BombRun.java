package dev.minilogin.adapters.media.picture;

import dev.minilogin.domain.avatar.Pictures;
import dev.minilogin.domain.avatar.Pictures.Remake;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * The main class of a process with little memory that bombs are thrown at: each alone, then fifty
 * at once while somebody else has small things to do. Prints a line for each bomb and one for the
 * small things.
 */
final class BombRun {
  static final int AT_ONCE = 50;
  static final int ROUNDS = 2;

  private BombRun() {}

  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    Pictures pictures = new ImageIoPictures();
    Map<String, byte[]> bombs = Bombs.all();
    for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
      long start = System.nanoTime();
      Remake remake = pictures.remake(bomb.getValue());
      print("alone", bomb.getKey(), name(remake), millisSince(start));
    }
    List<byte[]> files = List.copyOf(bombs.values());
    SmallTask.during(() -> awaitNanos(2_000_000_000L));
    SmallTask alone = SmallTask.during(() -> awaitNanos(1_000_000_000L));
    SmallTask beside =
        SmallTask.during(
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                atOnce(pictures, files, round).forEach(name -> print("at once", name));
              }
            });
    print("small", alone.slowest(99), beside.slowest(99), beside.count());
  }

  private static List<String> atOnce(Pictures pictures, List<byte[]> files, int round) {
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Remake>> remakes = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        byte[] file = files.get((i + round * 9) % files.size()).clone();
        remakes.add(
            threads.submit(
                () -> {
                  go.await();
                  return pictures.remake(file);
                }));
      }
      go.countDown();
      List<String> names = new ArrayList<>();
      for (Future<Remake> remake : remakes) {
        names.add(name(remake.get()));
      }
      return names;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitNanos(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  private static String name(Remake remake) {
    return remake.getClass().getSimpleName();
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void print(Object... fields) {
    System.out.println(String.join("\t", Arrays.stream(fields).map(String::valueOf).toList()));
  }

  /**
   * What a check of a session is like: a hash and some objects.
   *
   * @param micros how long each one took, sorted
   */
  private record SmallTask(long[] micros) {
    static SmallTask during(Runnable work) throws InterruptedException {
      Thread worker = Thread.ofPlatform().start(work);
      LongStream.Builder micros = LongStream.builder();
      while (worker.isAlive()) {
        long start = System.nanoTime();
        work();
        micros.add((System.nanoTime() - start) / 1_000);
        Thread.sleep(1);
      }
      return new SmallTask(micros.build().sorted().toArray());
    }

    private static void work() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 64; i++) {
          digest.update(new byte[1024]);
        }
        digest.digest();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    int count() {
      return micros.length;
    }

    long slowest(int percent) {
      return micros[Math.min(micros.length - 1, micros.length * percent / 100)];
    }
  }
}
