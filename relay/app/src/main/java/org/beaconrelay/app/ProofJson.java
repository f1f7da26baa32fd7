package org.beaconrelay.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.beaconrelay.app.prove.Claim;

/// A proof as a program reads it.
final class ProofJson {
  private ProofJson() {}

  static String of(ProofHeader header, List<Claim> claims) {
    Map<String, Object> proof = new LinkedHashMap<>();
    proof.put("date", header.date().toString());
    proof.put("kernel", header.kernel());
    proof.put("architecture", header.architecture());
    proof.put("cores", header.cores());
    proof.put("user", header.user());
    proof.put("program", header.program());
    proof.put("version", header.version());
    proof.put("canary", header.canary());
    proof.put("claims", claims.stream().map(ProofJson::claim).toList());
    proof.put("all_held", ProveConfig.isHeld(claims));
    return JsonText.of(proof);
  }

  private static Map<String, Object> claim(Claim claim) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("claim", claim.id());
    fields.put("text", claim.text());
    fields.put("method", claim.method());
    fields.put("commands", claim.commands());
    fields.put("figures", claim.figures());
    fields.put("verdict", claim.verdict().text());
    fields.put("why", claim.why());
    return fields;
  }
}
