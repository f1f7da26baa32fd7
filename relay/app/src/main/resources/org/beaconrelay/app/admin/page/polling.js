// Asks the relay every two seconds and shows what it answers.
const POLL_MS = 2000;
const FEW_LINKS = 1000; // more are not asked for by themselves

async function ask(path) {
  const response = await fetch(path, { cache: "no-store" });
  if (!response.ok) throw new Error(`${path} is answered with ${response.status}`);
  return response.json();
}

let asking = false;

async function poll() {
  if (asking || document.hidden || $("pause").getAttribute("aria-pressed") === "true") return;
  asking = true;
  try {
    const now = await ask("/status.json");
    remember(now);
    [showState, showTiles, drawAll, showLimits, showEnds, showTimes, showSeen, showSelf].forEach(show => show(now));
    const few = now.links.open <= FEW_LINKS;
    $("links-ask").hidden = few;
    if (few) await discloseNow();
    document.documentElement.dataset.polls = String(1 + Number(document.documentElement.dataset.polls || 0));
  } catch (problem) {
    showLost(problem.message);
  } finally {
    asking = false;
  }
}

$("pause").addEventListener("click", () => {
  const paused = $("pause").getAttribute("aria-pressed") !== "true";
  $("pause").setAttribute("aria-pressed", String(paused));
  poll();
});
$("disclose").addEventListener("click", () => discloseNow().catch(problem => showLost(problem.message)));
document.addEventListener("visibilitychange", poll);
setInterval(poll, POLL_MS);
poll();
