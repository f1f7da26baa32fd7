package org.beaconrelay.app.prove;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Something that a relay promises, how it was tried, and what came of it.
///
/// @param id for programs
/// @param text the promise, a sentence
/// @param method how it was tried
/// @param commands the relays that were started for it
/// @param figures what was counted, by name; [Long] or [String]
/// @param why what led to the verdict, a sentence
public record Claim(
    String id,
    String text,
    String method,
    List<String> commands,
    SequencedMap<String, Object> figures,
    Verdict verdict,
    String why) {
  public Claim {
    commands = List.copyOf(commands);
    figures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(figures));
  }

  /// What was being done when it could not be tried any further.
  static Claim untested(Claim.Subject subject, List<String> commands, String why) {
    return subject.conclude(commands, Map.of(), new Judgement(Verdict.UNTESTED, why));
  }

  /// A claim before it is tried.
  record Subject(String id, String text, String method) {
    Claim conclude(List<String> commands, Map<String, Object> figures, Judgement judgement) {
      return new Claim(
          id,
          text,
          method,
          commands,
          new LinkedHashMap<>(figures),
          judgement.verdict(),
          judgement.why());
    }
  }
}
