package org.beaconrelay.app;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The options that are given in the environment.
final class EnvironmentVariables {
  private static final String PREFIX = "BEACON_";

  /// What Kubernetes puts into the environment of every container where a Service is named
  /// `beacon`, or `beacon-` and something.
  private static final Pattern KUBERNETES =
      Pattern.compile(
          "BEACON_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?"
              + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  /// `BEACON_PORT` too, but only with what Kubernetes puts there: who writes 8443 meant an option.
  private static final Pattern KUBERNETES_URL_NAME = Pattern.compile("BEACON_(.+_)?PORT");

  private static final Pattern KUBERNETES_URL = Pattern.compile("(tcp|udp|sctp)://.*");

  private EnvironmentVariables() {}

  static Map<RelayOption, String> read(Map<String, String> environment, Problems problems) {
    Map<RelayOption, String> values = new EnumMap<>(RelayOption.class);
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              RelayOption option = RelayOption.ofVariable(name);
              if (option != null) {
                values.put(option, value);
              } else if (name.startsWith(PREFIX) && !isOfKubernetes(name, value)) {
                problems.add(
                    name,
                    "no option has this name" + DidYouMean.question(name, names(), "; unset it"));
              }
            });
    return values;
  }

  private static boolean isOfKubernetes(String name, String value) {
    return KUBERNETES.matcher(name).matches()
        || (KUBERNETES_URL_NAME.matcher(name).matches() && KUBERNETES_URL.matcher(value).matches());
  }

  private static List<String> names() {
    return Arrays.stream(RelayOption.values()).map(RelayOption::variable).toList();
  }
}
