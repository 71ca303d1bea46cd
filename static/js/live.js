// The stream only says "look again". What there is to see is asked for anew, through the officer's own eyes.
const { live, badges } = document.body.dataset;
let waiting = false;

async function refresh() {
  if (waiting) return;
  waiting = true;
  await new Promise((done) => setTimeout(done, 300)); // many notices at once, one look
  waiting = false;
  const answer = await fetch(badges, { headers: { "HX-Request": "true" }, redirect: "manual" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.querySelector("[data-officer]")?.dataset.officer !== document.body.dataset.officer) return;
  for (const fresh of page.querySelectorAll("[data-badge]"))
    for (const old of document.querySelectorAll(`[data-badge="${CSS.escape(fresh.dataset.badge)}"]`)) old.replaceWith(fresh.cloneNode(true));
  document.body.dispatchEvent(new CustomEvent("desk", { bubbles: true })); // panels that listen: hx-trigger="desk from:body"
}

// A hidden tab holds no connection: browsers allow six to one host, and officers keep many tabs.
let stream;
function listen() {
  stream?.close();
  if (document.hidden) return;
  stream = new EventSource(live);
  stream.onmessage = () => refresh().catch(() => {});
  stream.addEventListener("notice", stream.onmessage);
}

if (live && badges) {
  listen();
  document.addEventListener("visibilitychange", () => {
    listen();
    if (!document.hidden) refresh().catch(() => {});
  });
}
