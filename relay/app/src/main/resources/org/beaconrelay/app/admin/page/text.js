// How things are written.
const NS = 1e9;
const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

function scaled(value, base, units) {
  let unit = 0;
  while (Math.abs(value) >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  return short.format(value) + (units[unit] && " " + units[unit]);
}
const bytes = value => scaled(value, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);
const number = value => whole.format(value);
function seconds(value) {
  if (value === Infinity) return "more";
  if (value >= 172800) return short.format(value / 86400) + " d";
  if (value >= 7200) return short.format(value / 3600) + " h";
  if (value >= 120) return short.format(value / 60) + " min";
  if (value >= 1) return short.format(value) + " s";
  if (value >= 1e-3) return short.format(value * 1e3) + " ms";
  return short.format(value * 1e6) + " µs";
}
const words = text => text.replaceAll("_", " ");

const TIMINGS = {
  handshake: "Handshake: accept to announce",
  wait: "Wait: WAITING to PAIRED",
  pairing: "Pairing: second announce to PAIRED",
  loop_delay: "Delay of event loops",
};
