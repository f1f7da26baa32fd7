package org.beaconrelay.app;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The options that are given in the environment.
final class EnvironmentVariables {
  /// What Kubernetes puts into the environment of every container where a Service is named
  /// `beacon`, or `beacon-` and something.
  private static final Pattern KUBERNETES =
      Pattern.compile(
          "BEACON_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?"
              + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  /// `BEACON_PORT` too, but only with what Kubernetes puts there: who writes 8443 meant an option.
  private static final Pattern KUBERNETES_URL_NAME = Pattern.compile("BEACON_(.+_)?PORT");

  private static final Pattern KUBERNETES_URL = Pattern.compile("(tcp|udp|sctp)://.*");

  /// Those of every command, sorted.
  private static final Set<String> NAMES =
      OptionSet.EVERY.stream()
          .flatMap(set -> set.options().stream())
          .map(Option::variable)
          .collect(Collectors.toCollection(TreeSet::new));

  private EnvironmentVariables() {}

  /// Reads those of one command; those of others may be there too.
  static Map<Option, String> read(
      OptionSet options, Map<String, String> environment, Problems problems) {
    Map<Option, String> values = new HashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              Option option = options.ofVariable(name);
              if (option != null) {
                values.put(option, value);
              } else if (name.startsWith(OptionSet.VARIABLE_PREFIX)
                  && !NAMES.contains(name)
                  && !isOfKubernetes(name, value)) {
                problems.add(
                    name,
                    "no option has this name" + DidYouMean.question(name, NAMES, "; unset it"));
              }
            });
    return values;
  }

  private static boolean isOfKubernetes(String name, String value) {
    return KUBERNETES.matcher(name).matches()
        || (KUBERNETES_URL_NAME.matcher(name).matches() && KUBERNETES_URL.matcher(value).matches());
  }
}
