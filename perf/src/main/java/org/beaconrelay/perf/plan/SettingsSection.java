package org.beaconrelay.perf.plan;

import java.util.List;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Column;
import org.beaconrelay.perf.page.Document.Section;

/// What to set.
final class SettingsSection {
  private SettingsSection() {}

  static Section of(Plan plan) {
    List<List<Cell>> rows =
        Settings.of(plan).stream()
            .map(
                setting ->
                    Cell.row(setting.name(), setting.value(), setting.now(), setting.reason()))
            .toList();
    return new Section(
        "What to set",
        List.of(
            new Block.Table(
                "For %s, with head-room".formatted(LimitsSection.who(plan)),
                List.of(
                    Column.text("Setting"),
                    Column.text("Set it to"),
                    Column.text("Otherwise it is"),
                    Column.text("Because")),
                rows)));
  }
}
