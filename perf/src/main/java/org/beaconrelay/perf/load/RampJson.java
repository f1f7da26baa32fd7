package org.beaconrelay.perf.load;

import java.util.LinkedHashMap;
import java.util.Map;

/// A [RampResult] for programs.
final class RampJson {
  private static final double BYTES_PER_KIB = 1 << 10;
  private static final double THOUSAND = 1e3;

  private RampJson() {}

  static Map<String, Object> of(RampResult ramp) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", ramp.kind().label());
    object.put("tls", ramp.tls() ? "on" : "off");
    object.put("kernel_memory", ramp.kernelMemory().label());
    object.put("bare_end_kernel_bytes", Math.round(ramp.bareEndBytes()));
    object.put("steps", ramp.steps().stream().map(RampJson::step).toList());
    object.put("each", each(ramp));
    object.put("none", none(ramp));
    object.put("largest_residual", largestResidual(ramp));
    return object;
  }

  private static Map<String, Object> step(RampStep step) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("links", step.links());
    object.put("rss_kib", step.process().rssKib());
    object.put("kernel_kib", kib((double) step.kernelBytes()));
    object.put("descriptors", step.process().descriptors());
    object.put("pipe_ends", step.process().pipeEnds());
    return object;
  }

  private static Map<String, Object> each(RampResult ramp) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("rss_bytes", Math.round(ramp.rss().slope()));
    object.put("kernel_bytes", Math.round(ramp.kernel().slope()));
    object.put("descriptors", toThousandths(ramp.descriptors().slope()));
    return object;
  }

  private static Map<String, Object> none(RampResult ramp) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("rss_kib", kib(ramp.rss().intercept()));
    object.put("descriptors", toThousandths(ramp.descriptors().intercept()));
    return object;
  }

  private static Map<String, Object> largestResidual(RampResult ramp) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("rss_kib", kib(ramp.rss().largestResidual()));
    object.put("kernel_kib", kib(ramp.kernel().largestResidual()));
    object.put("descriptors", toThousandths(ramp.descriptors().largestResidual()));
    return object;
  }

  private static long kib(double bytes) {
    return Math.round(bytes / BYTES_PER_KIB);
  }

  private static double toThousandths(double number) {
    return Math.round(number * THOUSAND) / THOUSAND;
  }
}
