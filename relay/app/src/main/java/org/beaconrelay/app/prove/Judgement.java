package org.beaconrelay.app.prove;

/// What came of a trial.
///
/// @param why what led to the verdict, a sentence
record Judgement(Verdict verdict, String why) {}
