package org.beaconrelay.app.admin;

/// The metrics of a relay: the only place where they stand. The table of docs/metrics.md is held
/// against it.
///
/// None has an address or an info_hash in a label, nor anything else that comes from an endpoint.
public enum RelayMetric {
  BUILD(
      "beacon_build_info",
      Type.GAUGE,
      "version, commit, jdk",
      "1, with what is running in the labels."),
  READY(
      "beacon_ready",
      Type.GAUGE,
      "",
      "1 if links should be sent to this relay, else 0: what /readyz says."),
  LINKS_OPENED("beacon_links_opened_total", Type.COUNTER, "", "Links accepted."),
  LINKS_CLOSED(
      "beacon_links_closed_total",
      Type.COUNTER,
      "reason",
      "Links that have ended, by close reason. Links opened are links open and links closed."),
  REFUSALS(
      "beacon_refusals_total",
      Type.COUNTER,
      "reason",
      "Links that were told REJECTED, by reason; counted when they have ended, also as closed."),
  LIMITED(
      "beacon_limited_links_total",
      Type.COUNTER,
      "limit",
      "Links that were turned away, by the option that was the cause, in whatever way."),
  UNTOLD(
      "beacon_untold_links_total",
      Type.COUNTER,
      "",
      "Those of them that were closed without a word, because a word takes a handshake."),
  LINKS(
      "beacon_links",
      Type.GAUGE,
      "state",
      "Links that are open: pending (not announced or not proved yet), waiting, paired, refused"
          + " (about to end)."),
  LINKS_LIMIT("beacon_links_limit", Type.GAUGE, "", "Links that may be open at once."),
  PAIRS_OPENED("beacon_pairs_opened_total", Type.COUNTER, "", "Pairs made."),
  PAIRS_CLOSED("beacon_pairs_closed_total", Type.COUNTER, "", "Pairs ended."),
  PAIRS("beacon_pairs", Type.GAUGE, "", "Pairs that are open."),
  BYTES(
      "beacon_bytes_total",
      Type.COUNTER,
      "direction",
      "Bytes delivered, to_bridge and to_broker: what the kernel took, to the byte."),
  SPLICED_BYTES(
      "beacon_spliced_bytes_total",
      Type.COUNTER,
      "",
      "Bytes that the kernel moved, and that never were in this process's memory."),
  COPIED_BYTES(
      "beacon_copied_bytes_total",
      Type.COUNTER,
      "",
      "Bytes that went through this process's memory: 0 unless --data-path copy or --tunnel on."),
  PIPES("beacon_pipes", Type.GAUGE, "", "Pipes there are, leased or not."),
  PIPES_LEASED("beacon_pipes_leased", Type.GAUGE, "", "Pipes that hold bytes."),
  PIPES_LIMIT("beacon_pipes_limit", Type.GAUGE, "", "Pipes that may exist at once."),
  PIPE_CAPACITY(
      "beacon_pipe_capacity_bytes",
      Type.GAUGE,
      "",
      "What all pipes together may hold, as the kernel granted it."),
  PIPE_BUDGET(
      "beacon_pipe_budget_bytes", Type.GAUGE, "", "What all pipes together may be granted."),
  PIPE_WAITS(
      "beacon_pipe_waits_total",
      Type.COUNTER,
      "",
      "Times that a direction of a pair had to wait because no pipe was left."),
  RATE_WAITS(
      "beacon_rate_waits_total",
      Type.COUNTER,
      "",
      "Times that a direction of a pair had to wait because of a byte rate."),
  ACCEPT_PAUSES(
      "beacon_accept_pauses_total",
      Type.COUNTER,
      "",
      "Times that accepting was put off for want of descriptors."),
  OPEN_FDS("process_open_fds", Type.GAUGE, "", "Descriptors that are open."),
  MAX_FDS("process_max_fds", Type.GAUGE, "", "Descriptors that may be open."),
  CPU("process_cpu_seconds_total", Type.COUNTER, "", "CPU time, of user and system."),
  RESIDENT_MEMORY("process_resident_memory_bytes", Type.GAUGE, "", "Memory that is resident."),
  START_TIME("process_start_time_seconds", Type.GAUGE, "", "When the process started, since 1970."),
  HEAP_USED("beacon_heap_used_bytes", Type.GAUGE, "", "Heap in use, garbage included."),
  HEAP_LIMIT("beacon_heap_limit_bytes", Type.GAUGE, "", "The heap at its largest."),
  HANDSHAKE(
      "beacon_handshake_seconds",
      Type.HISTOGRAM,
      "",
      "From accept to the whole ANNOUNCE, outer TLS and proof included."),
  WAIT("beacon_wait_seconds", Type.HISTOGRAM, "", "From WAITING to PAIRED."),
  PAIRING(
      "beacon_pairing_seconds",
      Type.HISTOGRAM,
      "",
      "From the whole ANNOUNCE of the link that came second until both were told PAIRED."),
  EVENT_LOOP_DELAY(
      "beacon_event_loop_delay_seconds",
      Type.HISTOGRAM,
      "",
      "How late event loops do what they are given to do at once; each is asked every 5 s, and when"
          + " metrics are."),
  EVENT_LOOPS("beacon_event_loops", Type.GAUGE, "", "Threads that serve links."),
  LOG_WRITTEN(
      "beacon_log_records_written_total",
      Type.COUNTER,
      "",
      "Records that the connection log has written; 0 where there is none."),
  LOG_DROPPED(
      "beacon_log_records_dropped_total",
      Type.COUNTER,
      "",
      "Records that it has lost, because it was too slow, full or gone."),
  AUDIT_OK(
      "beacon_self_audit_ok",
      Type.GAUGE,
      "",
      "1 if the books of this relay agree with what it holds, else 0."),
  AUDITS("beacon_self_audits_total", Type.COUNTER, "", "Times that they were compared."),
  AUDIT_FAILURES(
      "beacon_self_audit_failures_total", Type.COUNTER, "", "Times that they did not agree."),
  BUGS(
      "beacon_bugs_total",
      Type.COUNTER,
      "",
      "Times that something happened which cannot happen; each ended one link.");

  /// As the format of Prometheus has it.
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  private final String key;
  private final Type type;
  private final String labels;
  private final String doc;

  RelayMetric(String key, Type type, String labels, String doc) {
    this.key = key;
    this.type = type;
    this.labels = labels;
    this.doc = doc;
  }

  /// Its name, as it is queried.
  public String key() {
    return key;
  }

  public Type type() {
    return type;
  }

  /// The names of its labels, with commas between; empty if it has none.
  public String labels() {
    return labels;
  }

  /// What it is.
  public String doc() {
    return doc;
  }
}
