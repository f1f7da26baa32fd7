package org.beaconrelay.perf.plan;

import org.beaconrelay.perf.page.Figures;

/// Something that a replica has so much of, and how much of it a load takes.
///
/// @param none what is taken where there is no load
/// @param wanted what is taken at the load that is wanted
/// @param isFixed whether more replicas are the only way to have more of it
/// @param isWhole whether all that takes of it was measured
record Limit(
    Kind kind, double capacity, double none, double wanted, boolean isFixed, boolean isWhole) {
  enum Kind {
    CORES("cores"),
    MEMORY("memory"),
    LINKS("links"),
    HEAP("links in the heap"),
    PIPES("pipe pages");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    String format(double amount) {
      return switch (this) {
        case CORES -> Figures.decimal(amount);
        case MEMORY -> Figures.bytes(amount);
        case LINKS, HEAP, PIPES -> Figures.whole(Math.ceil(amount));
      };
    }
  }

  /// Share of it that is taken at a multiple of the load.
  double use(double multiple) {
    return (none + multiple * (wanted - none)) / capacity;
  }

  /// The multiple of the load at which a share of it is taken; infinite if never.
  double multipleAt(double share) {
    return wanted == none
        ? Double.POSITIVE_INFINITY
        : Math.max(0, (share * capacity - none) / (wanted - none));
  }

  /// What is taken at the wanted load, in words.
  String wantedText() {
    return (isWhole ? "" : "at least ") + kind.format(wanted);
  }

  /// The share of it that is taken at the wanted load, in words.
  String useText() {
    return (isWhole ? "" : "at least ") + Figures.percent(use(1));
  }

  /// When a share of it is taken, in words.
  String multipleText(double share) {
    return Figures.times(multipleAt(share)) + (isWhole ? "" : " or before");
  }

  /// When all of it is taken, in words.
  String reachedText() {
    return Double.isInfinite(multipleAt(1))
        ? "never"
        : "at %s the wanted load%s"
            .formatted(Figures.times(multipleAt(1)), isWhole ? "" : ", or before");
  }
}
