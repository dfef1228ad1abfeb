/** The page at `/`: one file, no outside resource. In TypeScript so that the compiler ships it. */

export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>pulumi-inference simulator</title>
<link rel="icon" href="data:,">
<style>
:root {
  color-scheme: light dark;
  --text: light-dark(#1c2024, #e6e8eb);
  --quiet: light-dark(#60656d, #9aa1aa);
  --ground: light-dark(#f7f8f9, #14171a);
  --card: light-dark(#ffffff, #1c2024);
  --line: light-dark(#e2e5e9, #30363d);
  --good: light-dark(#18794e, #4cc38a);
  --busy: light-dark(#946800, #f1a10d);
  --bad: light-dark(#c62a2f, #ff8589);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
header, main { max-width: 1200px; margin: 0 auto; padding: 0 24px; }
header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding-top: 28px; }
h1 { margin: 0; font-size: 20px; }
h2 { margin: 28px 0 8px; font-size: 15px; }
h2 span, header span { color: var(--quiet); font-weight: normal; }
#connection.lost { color: var(--bad); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow-x: auto; }
#requests { max-height: 60vh; overflow-y: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 7px 14px; text-align: left; white-space: nowrap; }
th { position: sticky; top: 0; background: var(--card); color: var(--quiet); font-size: 12px; font-weight: 600; }
tr + tr td, thead + tbody td { border-top: 1px solid var(--line); }
td.wide { width: 100%; white-space: normal; overflow-wrap: anywhere; }
code, .mono { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.quiet, .removed td { color: var(--quiet); }
.good { color: var(--good); } .busy { color: var(--busy); } .bad { color: var(--bad); }
.empty { margin: 0; padding: 18px 14px; color: var(--quiet); }
details summary { cursor: pointer; overflow-wrap: anywhere; }
pre { margin: 6px 0 2px; white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
</head>
<body>
<header>
  <h1>pulumi-inference simulator</h1>
  <span class="mono" id="address"></span>
  <span id="scenario"></span>
  <span id="connection">connecting</span>
</header>
<main>
  <h2>Deployments <span id="deployment-count"></span></h2>
  <div class="card"><table>
    <thead><tr><th>Platform</th><th>Name</th><th>Id</th><th>Status</th><th>Replicas</th><th>Starts</th><th>Age</th></tr></thead>
    <tbody id="deployment-rows"></tbody>
  </table><p class="empty" id="no-deployments">Nothing is deployed. Point a stack at this address and run pulumi up.</p></div>
  <h2>Requests <span id="request-count"></span></h2>
  <div class="card" id="requests"><table>
    <thead><tr><th>#</th><th>Time</th><th>Platform</th><th>Request</th><th>Answer</th></tr></thead>
    <tbody id="request-rows"></tbody>
  </table><p class="empty" id="no-requests">No request yet.</p></div>
</main>
<script>
"use strict";
const maximumRows = 500;
const element = (id) => document.getElementById(id);
let run = "";
let deployments = [];

const events = new EventSource("/simulator/events");
events.addEventListener("open", () => showConnection("live", ""));
events.addEventListener("error", () => showConnection("not connected; the simulator may have ended", "lost"));
events.addEventListener("state", (event) => showState(JSON.parse(event.data)));
events.addEventListener("request", (event) => showRequest(JSON.parse(event.data)));
setInterval(showDeployments, 1000);

function showConnection(text, className) {
  element("connection").textContent = text;
  element("connection").className = className;
}

function showState(state) {
  startOver(state.run);
  deployments = state.deployments;
  const { outcome, readyAfterMs } = state.scenario;
  element("address").textContent = state.url;
  element("scenario").textContent = outcome === "ready" ? "ready after " + readyAfterMs / 1000 + " s" : outcome;
  showDeployments();
  showRequestCount();
}

/** After a reset, or when another simulator answers. */
function startOver(current) {
  if (current !== run) element("request-rows").replaceChildren();
  run = current;
}

function showDeployments() {
  const rows = deployments.map((deployment) => {
    const row = document.createElement("tr");
    row.className = deployment.removed ? "removed" : "";
    const status = cell(deployment.status, deployment.removed ? "" : toneOf(deployment.status));
    const reason = deployment.details?.failReason ?? deployment.details?.reason;
    if (reason) status.append(text("span", " " + reason, "quiet"));
    row.append(cell(deployment.platform), cell(deployment.name), cell(deployment.id, "mono"), status,
      cell(replicas(deployment.replicas)), cell(deployment.starts), cell(age(deployment.createdAtMs)));
    return row;
  });
  element("deployment-rows").replaceChildren(...rows.reverse());
  element("no-deployments").hidden = rows.length > 0;
  const live = deployments.filter((deployment) => !deployment.removed).length;
  element("deployment-count").textContent = live + " of " + deployments.length + " still there";
}

function showRequest(request) {
  startOver(request.run);
  const rows = element("request-rows");
  const key = "request-" + request.sequence;
  const row = document.createElement("tr");
  row.id = key;
  const time = new Date(request.atMs).toLocaleTimeString([], { hour12: false });
  row.append(cell(request.sequence, "quiet"), cell(time, "quiet"), cell(request.platform), requestCell(request), answerCell(request));
  const known = element(key);
  if (known) known.replaceWith(row);
  else rows.prepend(row);
  while (rows.children.length > maximumRows) rows.lastElementChild.remove();
  showRequestCount();
}

function showRequestCount() {
  const count = element("request-rows").children.length;
  element("no-requests").hidden = count > 0;
  element("request-count").textContent = count >= maximumRows ? "the last " + count : count;
}

function requestCell(request) {
  const query = new URLSearchParams(request.query).toString();
  const line = request.method + " " + request.path + (query && "?" + query);
  const found = cell("", "wide mono");
  if (request.body === undefined) {
    found.textContent = line;
  } else {
    const details = document.createElement("details");
    details.append(text("summary", line), text("pre", JSON.stringify(request.body, null, 2), "quiet"));
    found.append(details);
  }
  for (const violation of request.violations) found.append(text("div", violation, "bad"));
  return found;
}

function answerCell(request) {
  const fault = request.fault === "status" ? "injected" : request.fault;
  const words = [request.status, fault].filter((word) => word !== undefined);
  const failed = request.status >= 400 || request.fault !== undefined;
  return cell(words.join(" · ") || "…", failed ? "bad" : "good");
}

function toneOf(status) {
  if (/^(running|deployed|active|ready)$/i.test(status)) return "good";
  return /fail|error|unhealthy/i.test(status) ? "bad" : "busy";
}

function replicas(count) {
  if (!count) return "";
  const bounds = count.maximum === undefined ? "" : " (" + (count.minimum ?? 0) + " to " + count.maximum + ")";
  return (count.running ?? 0) + (count.pending ? " + " + count.pending : "") + bounds;
}

function age(createdAtMs) {
  const seconds = Math.max(0, Math.round((Date.now() - createdAtMs) / 1000));
  if (seconds < 60) return seconds + " s";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min " + (seconds % 60) + " s";
  return Math.floor(seconds / 3600) + " h " + Math.floor((seconds % 3600) / 60) + " min";
}

function cell(content, className) {
  return text("td", content, className);
}

function text(tag, content, className) {
  const made = document.createElement(tag);
  made.textContent = content;
  if (className) made.className = className;
  return made;
}
</script>
</body>
</html>
`;
