package org.beaconrelay.app.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What strace writes, as it is counted.
final class CallCountTest {
  @TempDir private Path folder;

  private CallCount count(String... lines) throws IOException {
    Path log = folder.resolve("log");
    Files.writeString(log, String.join("\n", lines) + "\n");
    return CallCount.of(log);
  }

  @Test
  void countsReadsOfLinksAndPipesAlone() throws IOException {
    CallCount count =
        count(
            "11 read(3</usr/lib/libc.so.6>, \"\"..., 832) = 832",
            "11 recvfrom(7<socket:[100]>, \"\"..., 64, 0, NULL, NULL) = 64",
            "12 accept4(8<socket:[101]>, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK) = 9<socket:[102]>",
            "12 recvfrom(9<socket:[102]>, \"\"..., 48, MSG_DONTWAIT, NULL, NULL) = 48",
            "12 recvfrom(9<socket:[102]>, 0x7f00, 48, MSG_DONTWAIT, NULL, NULL) = -1 EAGAIN"
                + " (Resource temporarily unavailable)",
            "12 read(20<anon_inode:[eventfd]>, \"\"..., 8) = 8",
            "12 read(21<pipe:[103]>, \"\"..., 5) = 5",
            "12 recvfrom(9<socket:[102]>, \"\", 16, MSG_DONTWAIT, NULL, NULL) = 0",
            "12 +++ exited with 0 +++");
    assertThat(count.reads()).isEqualTo(3);
    assertThat(count.readBytes()).isEqualTo(48 + 5);
    assertThat(count.hasRing()).isFalse();
  }

  @Test
  void countsWhatIsSplicedFromLinks() throws IOException {
    CallCount count =
        count(
            "12 accept4(8<socket:[101]>, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK) = 9<socket:[102]>",
            "12 splice(9<socket:[102]>, NULL, 22<pipe:[103]>, NULL, 65536, SPLICE_F_NONBLOCK) ="
                + " 500",
            "12 splice(22<pipe:[103]>, NULL, 10<socket:[104]>, NULL, 500, SPLICE_F_NONBLOCK) = 500",
            "12 splice(9<socket:[102]>, NULL, 22<pipe:[103]>, NULL, 65536, SPLICE_F_NONBLOCK) = -1"
                + " EAGAIN (Resource temporarily unavailable)");
    assertThat(count.splices()).isEqualTo(1);
    assertThat(count.splicedBytes()).isEqualTo(500);
    assertThat(count.readBytes()).isZero();
  }

  @Test
  void forgetsWhatWasBeforeTheRelayListened() throws IOException {
    CallCount count =
        count(
            "12 accept4(6<socket:[91]>, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK) = 7<socket:[92]>",
            "12 splice(7<socket:[92]>, NULL, 22<pipe:[93]>, NULL, 65536, SPLICE_F_NONBLOCK) = 100",
            "12 accept4(8<socket:[101]>, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK) = 9<socket:[102]>",
            "12 splice(9<socket:[102]>, NULL, 22<pipe:[103]>, NULL, 65536, SPLICE_F_NONBLOCK) = 50",
            "12 accept4(8<socket:[101]>, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK) = 7<socket:[104]>",
            "12 splice(7<socket:[104]>, NULL, 22<pipe:[103]>, NULL, 65536, SPLICE_F_NONBLOCK) = 5");
    assertThat(count.splicedBytes()).isEqualTo(55);
    assertThat(count.splices()).isEqualTo(2);
  }

  @Test
  void putsCallsTogetherThatOthersCutInto() throws IOException {
    CallCount count =
        count(
            "12 accept4(8<socket:[101]>,  <unfinished ...>",
            "13 recvfrom(7<socket:[100]>,  <unfinished ...>",
            "12 <... accept4 resumed>NULL, NULL, SOCK_NONBLOCK) = 9<socket:[102]>",
            "12 recvfrom(9<socket:[102]>,  <unfinished ...>",
            "13 <... recvfrom resumed>\"\"..., 64, 0, NULL, NULL) = 64",
            "12 <... recvfrom resumed>\"\"..., 48, MSG_DONTWAIT, NULL, NULL) = 30",
            "13 read(4<pipe:[5]>,  <unfinished ...>) = ?");
    assertThat(count.readBytes()).isEqualTo(30);
  }

  @Test
  void seesARing() throws IOException {
    assertThat(count("12 io_uring_setup(64, {...}) = 30<anon_inode:[io_uring]>").hasRing())
        .isTrue();
    assertThat(count("12 io_uring_setup(64, {...}) = -1 EPERM (Operation not permitted)").hasRing())
        .isFalse();
  }

  @Test
  void doesNotPassOverWhatItDoesNotKnow() {
    assertThatThrownBy(() -> count("strace: something is wrong"))
        .hasMessageContaining("something is wrong");
  }
}
