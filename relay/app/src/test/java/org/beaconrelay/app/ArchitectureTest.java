package org.beaconrelay.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may use whom: `relay/ARCHITECTURE.md`, executed.
final class ArchitectureTest {
  private static final String ROOT = "org.beaconrelay.";
  private static final String PROTOCOL = ROOT + "protocol";
  private static final String SERVER = ROOT + "server";
  private static final String LINUX = SERVER + ".linux";
  private static final String METRICS = SERVER + ".metrics";
  private static final String SPLICE = SERVER + ".splice";
  private static final String RENDEZVOUS = SERVER + ".rendezvous";
  private static final String ADMISSION = SERVER + ".admission";
  private static final String TRANSPORT = SERVER + ".transport";
  private static final String PROOF = SERVER + ".proof";
  private static final String ENDPOINT = ROOT + "endpoint";
  private static final String PKI = ENDPOINT + ".pki";
  private static final String APP = ROOT + "app";
  private static final String EVIDENCE = APP + ".evidence";
  private static final String DEMO = APP + ".demo";
  private static final String LOG = APP + ".log";
  private static final String PROVE = APP + ".prove";
  private static final String ADMIN = APP + ".admin";
  private static final String NETTY = "io.netty..";
  private static final String PROMETHEUS = "io.prometheus.metrics..";
  private static final String JACKSON = "com.fasterxml.jackson.core..";
  private static final String PICOCLI = "picocli..";
  private static final String HTTP_SERVER = "com.sun.net.httpserver..";
  private static final String BOUNCY_CASTLE = "org.bouncycastle..";
  private static final List<String> JDK =
      List.of("java..", "javax.crypto..", "javax.net.ssl..", "javax.security..");

  /// Beside the JDK and itself.
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          entry(PROTOCOL, List.of()),
          entry(LINUX, List.of()),
          entry(METRICS, List.of()),
          entry(SPLICE, List.of(LINUX, METRICS)),
          entry(RENDEZVOUS, List.of(PROTOCOL)),
          entry(ADMISSION, List.of(METRICS, PROTOCOL)),
          entry(TRANSPORT, List.of(SPLICE, LINUX, PROTOCOL, NETTY)),
          entry(PROOF, List.of(PROTOCOL)),
          entry(
              SERVER,
              List.of(PROOF, TRANSPORT, ADMISSION, RENDEZVOUS, SPLICE, METRICS, LINUX, PROTOCOL)),
          entry(PKI, List.of(PROTOCOL, BOUNCY_CASTLE)),
          entry(ENDPOINT, List.of(PKI, PROTOCOL, "jdk.net..")),
          entry(EVIDENCE, List.of()),
          entry(LOG, List.of(SERVER, PROTOCOL, "io.netty.util")),
          entry(PROVE, List.of(EVIDENCE, ENDPOINT, PROTOCOL)),
          entry(ADMIN, List.of(LOG, SERVER, ADMISSION, METRICS, PROTOCOL, PROMETHEUS, JACKSON)),
          entry(DEMO, List.of(EVIDENCE, SERVER, METRICS, ENDPOINT, PKI, PROTOCOL, HTTP_SERVER)),
          entry(
              APP,
              List.of(
                  ADMIN, JACKSON, DEMO, EVIDENCE, PROVE, LOG, SERVER, ADMISSION, METRICS, ENDPOINT,
                  PKI, PROTOCOL, NETTY, PICOCLI)));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(PROTOCOL, SERVER, ENDPOINT, APP);

  @Test
  void hasNoPackageWithoutARule() {
    Set<String> packages =
        CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(packages).isEqualTo(MAY_USE.keySet());
  }

  static Set<String> packages() {
    return MAY_USE.keySet();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatStandsBelow(String userPackage) {
    List<String> allowed = new ArrayList<>(JDK);
    allowed.addAll(List.of(userPackage, "org.jspecify.."));
    allowed.addAll(MAY_USE.get(userPackage));
    hold(
        classes()
            .that()
            .resideInAPackage(userPackage)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(allowed.toArray(String[]::new)));
  }

  /// `splice` and `linux`: no logging, streams, optionals or anything that blocks.
  @Test
  void keepsTheDataPlaneBare() {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(SPLICE, LINUX, METRICS)
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.(lang\\.System\\$Logger|util\\.logging|util\\.concurrent\\.(?!atomic)|util\\.Optional"
                    + "|nio\\.channels|io\\.|lang\\.Thread).*"));
  }

  @Test
  void callsNativeFunctionsInOnePlace() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackage(LINUX)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup).*"));
  }

  /// What a state machine must not know: sockets, files, clocks.
  @ParameterizedTest
  @ValueSource(strings = {PROTOCOL, RENDEZVOUS, ADMISSION})
  void decidesWithoutIo(String pure) {
    hold(
        noClasses()
            .that()
            .resideInAPackage(pure)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.(net|io|nio\\.(channels|file)|time)\\..*"));
    hold(
        noClasses()
            .that()
            .resideInAPackage(pure)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis"));
  }

  private static void hold(ArchRule rule) {
    rule.check(CLASSES);
  }
}
