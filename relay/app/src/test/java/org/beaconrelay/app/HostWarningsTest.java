package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.beaconrelay.server.HostLimits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HostWarningsTest {
  private static final HostLimits GOOD = new HostLimits(1 << 20, 1 << 20, 0, false, 8L << 30);
  private static final HostLimits POOR = new HostLimits(4096, 1 << 16, 16_384, false, 128L << 20);

  private static List<String> warnings(HostLimits limits, @Nullable Integer somaxconn) {
    return warnings(limits, somaxconn, Map.of());
  }

  private static List<String> warnings(
      HostLimits limits, @Nullable Integer somaxconn, RelayOption option, String value) {
    return warnings(
        limits, somaxconn, Map.of(option, new Setting(option, value, new Origin.Flag())));
  }

  private static List<String> warnings(
      HostLimits limits, @Nullable Integer somaxconn, Map<Option, Setting> settings) {
    Map<Option, Setting> given = new HashMap<>(settings);
    given.put(RelayOption.TLS, new Setting(RelayOption.TLS, "off", new Origin.Flag()));
    Host host = new Host(limits, 192L << 20, 2, false, () -> null);
    RelayConfig config = RelayConfigParser.parse(new Given(given, new Problems()), host);
    return HostWarnings.of(Objects.requireNonNull(config), somaxconn);
  }

  @Test
  void saysNothingOfAGoodHost() {
    assertThat(warnings(GOOD, 4096)).isEmpty();
  }

  @Test
  void saysWhatDoctorWouldWarnOfButOfPipeSizeWhichTheConfigurationDoes() {
    assertThat(warnings(POOR, 128))
        .satisfiesExactly(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "host: descriptors: 4096: 3444 links, 128 pipes; more, up to the 188416"
                            + " that the heap has room for: LimitNOFILE=1048576"),
            text ->
                assertThat(text)
                    .isEqualTo("host: net.core.somaxconn: 128: sysctl net.core.somaxconn=4096"),
            text ->
                assertThat(text)
                    .startsWith("host: memory: 128MiB: give it 256MiB or more; of it at most "));
  }

  @Test
  void saysThatPipePagesBindItsBudget() {
    HostLimits limits = new HostLimits(1 << 20, 1 << 20, 16_384, false, 8L << 30);
    String pages = "host: fs.pipe-user-pages-soft: 16384 pages: 48MiB for pipes; for ";
    assertThat(warnings(limits, 4096))
        .containsExactly(pages + "256MiB: sysctl fs.pipe-user-pages-soft=87384");
    assertThat(warnings(limits, 4096, RelayOption.PIPE_BUDGET, "65MiB"))
        .as("more than all there is")
        .containsExactly(pages + "65MiB: sysctl fs.pipe-user-pages-soft=22188");
    assertThat(warnings(limits, 4096, RelayOption.PIPE_BUDGET, "64MiB"))
        .as("what there is")
        .isEmpty();
  }

  @Test
  void saysNothingOfDescriptorsToWhoHasSaidHowManyLinksHeWants() {
    HostLimits limits = new HostLimits(4096, 1 << 20, 0, false, 8L << 30);
    assertThat(warnings(limits, 4096, RelayOption.MAX_LINKS, "100")).isEmpty();
  }

  @Test
  void holdsItsOwnKeepaliveAgainstLoadBalancers() {
    assertThat(warnings(GOOD, 4096, RelayOption.KEEPALIVE, "5m,10s,3"))
        .containsExactly(
            "host: keepalive, Azure LB: 5m: its idle time is 240s: set --keepalive below",
            "host: keepalive, OCI NLB: 5m: its idle time is 300s: set --keepalive below");
  }

  @Test
  void saysNothingOfWhatIsNotToBeSeen() {
    assertThat(warnings(GOOD, null)).isEmpty();
  }
}
