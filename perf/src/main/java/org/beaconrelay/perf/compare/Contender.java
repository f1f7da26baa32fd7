package org.beaconrelay.perf.compare;

import java.util.Arrays;
import java.util.List;

/// One of those that are compared.
enum Contender {
  DIRECT("direct"),
  BEACON("beacon"),
  BEACON_EPOLL("beacon-epoll"),
  BEACON_IO_URING("beacon-io_uring"),
  HAPROXY("haproxy"),
  NGINX("nginx"),
  GO("go"),
  STRELAYSRV("strelaysrv"),
  TRANSIT("transit");

  /// Those that a run is about if it is not told.
  static final List<Contender> DEFAULT =
      List.of(DIRECT, BEACON, HAPROXY, NGINX, GO, STRELAYSRV, TRANSIT);

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /// @throws IllegalArgumentException if there is none
  static Contender ofLabel(String label) {
    return Arrays.stream(values())
        .filter(contender -> contender.label.equals(label))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("unknown contender " + label));
  }

  String label() {
    return label;
  }

  Peer peer() {
    return switch (this) {
      case DIRECT -> new Direct();
      case BEACON -> new Beacon("auto");
      case BEACON_EPOLL -> new Beacon("epoll");
      case BEACON_IO_URING -> new Beacon("io_uring");
      case HAPROXY -> new Haproxy();
      case NGINX -> new Nginx();
      case GO -> new GoCopy();
      case STRELAYSRV -> new Strelaysrv();
      case TRANSIT -> new Transit();
    };
  }

  /// Whether there is anything to measure.
  boolean takesPartIn(Scenario scenario) {
    return this != DIRECT || scenario.figures().stream().anyMatch(figure -> !figure.isOfRelay());
  }
}
